namespace Flowtabled.Engine.Flows;

/// <summary>What was measured of a connection that bears on its path.</summary>
public readonly record struct FlowFacts
{
    /// <summary>Whether it is TCP or UDP.</summary>
    public required bool IsOffloadable { get; init; }

    /// <summary>Whether both ends have spoken and TCP is neither opening nor closing.</summary>
    public required bool IsEstablished { get; init; }

    /// <summary>Whether a helper reads along.</summary>
    public bool HasHelper { get; init; }

    /// <summary>Whether TCP sequence numbers are shifted.</summary>
    public bool IsAdjusted { get; init; }

    /// <summary>Whether there is a flowtable of ours; <see langword="null"/> where that was not looked for.</summary>
    public bool? HasTable { get; init; }

    /// <summary>Whether it is held on the slow path for a while.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether one of its hosts or ports is excluded.</summary>
    public bool IsExcluded { get; init; }

    /// <summary>The end that began it.</summary>
    public FlowEnd Client { get; init; }

    /// <summary>The other one.</summary>
    public FlowEnd Server { get; init; }

    /// <summary>
    /// Whether only one direction of a connection that is in a flowtable can be fast: packets that come in by a device outside go the slow way. The
    /// kernel's bits do not tell.
    /// </summary>
    public bool IsHalf => (Client, Server) is (FlowEnd.Inside, FlowEnd.Outside or FlowEnd.Excluded) or (FlowEnd.Outside or FlowEnd.Excluded, FlowEnd.Inside);

    /// <summary>Why it is on the slow path, when it is: the first of what keeps the kernel or our rule from taking it.</summary>
    public SlowReason WhySlow => this switch
    {
        { IsOffloadable: false } => SlowReason.Protocol,
        { Client: FlowEnd.Router } or { Server: FlowEnd.Router } => SlowReason.Local,
        { IsEstablished: false } => SlowReason.NotEstablished,
        { HasHelper: true } => SlowReason.Helper,
        { IsAdjusted: true } => SlowReason.SequenceAdjustment,
        { HasTable: false } => SlowReason.NoTable,
        { IsHeld: true } => SlowReason.Held,
        { IsExcluded: true } => SlowReason.Excluded,
        { Client: FlowEnd.Excluded } or { Server: FlowEnd.Excluded } => SlowReason.Excluded,
        { Client: FlowEnd.Outside } or { Server: FlowEnd.Outside } => SlowReason.Device,
        _ => SlowReason.Unknown,
    };
}
