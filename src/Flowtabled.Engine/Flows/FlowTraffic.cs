namespace Flowtabled.Engine.Flows;

/// <summary>What a connection carried.</summary>
/// <param name="OriginalPackets">Packets in the direction of its first packet.</param>
/// <param name="OriginalBytes">Bytes likewise, IP headers included.</param>
/// <param name="ReplyPackets">Packets of the answers.</param>
/// <param name="ReplyBytes">Bytes likewise.</param>
public readonly record struct FlowTraffic(ulong OriginalPackets, ulong OriginalBytes, ulong ReplyPackets, ulong ReplyBytes)
{
    /// <summary>Packets in both directions.</summary>
    public ulong Packets => OriginalPackets + ReplyPackets;

    /// <summary>Bytes in both directions.</summary>
    public ulong Bytes => OriginalBytes + ReplyBytes;

    /// <summary>Adds up.</summary>
    public static FlowTraffic operator +(in FlowTraffic left, in FlowTraffic right) => new(
        left.OriginalPackets + right.OriginalPackets,
        left.OriginalBytes + right.OriginalBytes,
        left.ReplyPackets + right.ReplyPackets,
        left.ReplyBytes + right.ReplyBytes);

    /// <summary>What came since; nothing of <paramref name="right"/> may be more.</summary>
    public static FlowTraffic operator -(in FlowTraffic left, in FlowTraffic right) => new(
        left.OriginalPackets - right.OriginalPackets,
        left.OriginalBytes - right.OriginalBytes,
        left.ReplyPackets - right.ReplyPackets,
        left.ReplyBytes - right.ReplyBytes);
}
