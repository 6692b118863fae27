using Flowtabled.Engine.Config;

namespace Flowtabled.Daemon.Bus;

/// <summary>What the bus makes the thread <em>control</em> do: nothing at once, all in one of its next passes.</summary>
internal interface IBusTarget
{
    /// <summary>A configuration has changed, or somebody asks for it to be read.</summary>
    void ReadConfig();

    /// <summary>netifd's networks are not what they were.</summary>
    void Networks(List<NetifdNetwork> networks);

    /// <summary>Other programs exclude something else.</summary>
    void ExclusionsChanged();
}
