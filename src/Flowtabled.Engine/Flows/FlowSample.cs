namespace Flowtabled.Engine.Flows;

/// <summary>A connection as the kernel listed it in one round.</summary>
public readonly struct FlowSample
{
    /// <summary>A number that stands for its addresses, protocol and ports, and outlives its entry.</summary>
    public required ulong Key { get; init; }

    /// <summary>The number of its entry.</summary>
    public required uint Id { get; init; }

    /// <summary>What it carries.</summary>
    public required FlowKind Kind { get; init; }

    /// <summary>Whether the hardware took it, in one direction at least.</summary>
    public required bool IsInHardware { get; init; }

    /// <summary>Packets of the original direction so far; <see langword="null"/> where they are not counted.</summary>
    public ulong? Original { get; init; }

    /// <summary>Packets of the reply direction so far; <see langword="null"/> where they are not counted.</summary>
    public ulong? Reply { get; init; }
}
