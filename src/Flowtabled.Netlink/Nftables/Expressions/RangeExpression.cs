using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>Goes on when a register is inside a range, or outside of it ("range"): <c>tcp dport != 1000-2000</c>.</summary>
/// <param name="Source">NFTA_RANGE_SREG.</param>
/// <param name="First">NFTA_RANGE_FROM_DATA, inclusive, compared byte by byte.</param>
/// <param name="Last">NFTA_RANGE_TO_DATA, inclusive.</param>
/// <param name="IsInverted">NFTA_RANGE_OP: NFT_RANGE_NEQ.</param>
public sealed record RangeExpression(uint Source, ValueArray<byte> First, ValueArray<byte> Last, bool IsInverted = false) : NftExpression
{
    internal const string KernelName = "range";

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_RANGE_SREG, Source);
        writer.WriteUInt32BigEndian(NfTables.NFTA_RANGE_OP, (uint)(IsInverted ? NfTables.NFT_RANGE_NEQ : NfTables.NFT_RANGE_EQ));
        NftData.WriteValue(writer, NfTables.NFTA_RANGE_FROM_DATA, First);
        NftData.WriteValue(writer, NfTables.NFTA_RANGE_TO_DATA, Last);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? source = null, op = null;
        ValueArray<byte>? first = null, last = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_RANGE_SREG:
                    source = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_RANGE_OP:
                    op = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_RANGE_FROM_DATA:
                    first = NftData.ReadValue(data.GetNested());
                    break;
                case NfTables.NFTA_RANGE_TO_DATA:
                    last = NftData.ReadValue(data.GetNested());
                    break;
            }
        }

        return (source, op, first, last) is ({ } s, NfTables.NFT_RANGE_EQ or NfTables.NFT_RANGE_NEQ, { } f, { } l)
            ? new RangeExpression(s, f, l, op == NfTables.NFT_RANGE_NEQ)
            : null;
    }
}
