namespace Flowtabled.Engine.Config;

/// <summary>Where the knowledge of a network's device comes from, the best first.</summary>
public enum BindingSource
{
    /// <summary>netifd said so over ubus.</summary>
    Ubus,

    /// <summary>fw4's state file: what the firewall loaded.</summary>
    Fw4State,

    /// <summary>Worked out from /etc/config/network.</summary>
    Guessed,
}
