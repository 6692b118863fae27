namespace Flowtabled.Engine.Config;

/// <summary>Whether the chip is to be used where the firewall's <c>flow_offloading_hw</c> is on.</summary>
public enum HardwareUse
{
    /// <summary>Where it can.</summary>
    Auto,

    /// <summary>Not at all.</summary>
    Off,

    /// <summary>Where it can, and a device that cannot is an error.</summary>
    Require,
}

/// <summary>Whether a shaped device's connections may go into hardware, where the shaper does not see them.</summary>
public enum ShapedUse
{
    /// <summary>No: software, so that the shaper sees every packet.</summary>
    Deny,

    /// <summary>Yes: speed before shaping.</summary>
    Allow,
}
