namespace Flowtabled.Engine.Flows;

/// <summary>Which way a connection's packets take.</summary>
public enum FlowPath : byte
{
    /// <summary>Through the firewall's rules, all of them.</summary>
    Slow,

    /// <summary>In a flowtable, carried by the processor.</summary>
    Software,

    /// <summary>In a flowtable, and the hardware took it, in one direction at least.</summary>
    Hardware,
}
