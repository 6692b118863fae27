namespace Flowtabled.Engine.Flows;

/// <summary>What a connection carries. A driver may take one kind and refuse another.</summary>
public enum FlowKind
{
    /// <summary>TCP over IPv4.</summary>
    Tcp4,

    /// <summary>UDP over IPv4.</summary>
    Udp4,

    /// <summary>TCP over IPv6.</summary>
    Tcp6,

    /// <summary>UDP over IPv6.</summary>
    Udp6,
}
