namespace Flowtabled.Engine.Flows;

/// <summary>A connection that both ends have spoken on, as the kernel listed it in one round.</summary>
public readonly struct WatchSample
{
    /// <summary>A number that stands for its addresses, protocol and ports, and outlives its entry.</summary>
    public required ulong Key { get; init; }

    /// <summary>The number of its entry.</summary>
    public required uint Id { get; init; }

    /// <summary>Which way its packets take.</summary>
    public required FlowPath Path { get; init; }

    /// <summary>Whether it is TCP that closes or has closed: it leaves its flowtable as a matter of course.</summary>
    public bool IsClosing { get; init; }

    /// <summary>What its entry counted; <see langword="null"/> without accounting.</summary>
    public FlowTraffic? Traffic { get; init; }
}
