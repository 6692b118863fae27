using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>Counts the packets that get here ("counter").</summary>
/// <param name="Packets">NFTA_COUNTER_PACKETS: packets so far, or to begin with.</param>
/// <param name="Bytes">NFTA_COUNTER_BYTES: their bytes from the network header on.</param>
public sealed record CounterExpression(ulong Packets = 0, ulong Bytes = 0) : NftExpression
{
    internal const string KernelName = "counter";

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override bool IsSameAs(NftExpression other) => other is CounterExpression;

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        if (Packets == 0 && Bytes == 0)
            return;
        writer.WriteUInt64BigEndian(NfTables.NFTA_COUNTER_BYTES, Bytes);
        writer.WriteUInt64BigEndian(NfTables.NFTA_COUNTER_PACKETS, Packets);
    }

    internal static NftExpression Read(AttributeReader data)
    {
        ulong packets = 0, bytes = 0;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_COUNTER_PACKETS:
                    packets = data.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_COUNTER_BYTES:
                    bytes = data.GetUInt64BigEndian();
                    break;
            }
        }

        return new CounterExpression(packets, bytes);
    }
}
