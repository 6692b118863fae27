using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>A register, masked, then xored ("bitwise", NFT_BITWISE_MASK_XOR). Shifts are none of these.</summary>
/// <param name="Source">NFTA_BITWISE_SREG.</param>
/// <param name="Destination">NFTA_BITWISE_DREG.</param>
/// <param name="Mask">NFTA_BITWISE_MASK.</param>
/// <param name="Xor">NFTA_BITWISE_XOR, as long as the mask.</param>
public sealed record BitwiseExpression(uint Source, uint Destination, ValueArray<byte> Mask, ValueArray<byte> Xor) : NftExpression
{
    internal const string KernelName = "bitwise";

    /// <inheritdoc/>
    public override string Name => KernelName;

    // NFTA_BITWISE_OP is left out: kernels before 5.6 do not know it, and its absence means the same.
    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_BITWISE_SREG, Source);
        writer.WriteUInt32BigEndian(NfTables.NFTA_BITWISE_DREG, Destination);
        writer.WriteUInt32BigEndian(NfTables.NFTA_BITWISE_LEN, (uint)Mask.Count);
        NftData.WriteValue(writer, NfTables.NFTA_BITWISE_MASK, Mask);
        NftData.WriteValue(writer, NfTables.NFTA_BITWISE_XOR, Xor);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? source = null, destination = null;
        uint op = NfTables.NFT_BITWISE_MASK_XOR;
        ValueArray<byte>? mask = null, xor = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_BITWISE_SREG:
                    source = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_BITWISE_DREG:
                    destination = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_BITWISE_OP:
                    op = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_BITWISE_MASK:
                    mask = NftData.ReadValue(data.GetNested());
                    break;
                case NfTables.NFTA_BITWISE_XOR:
                    xor = NftData.ReadValue(data.GetNested());
                    break;
            }
        }

        return (source, destination, op, mask, xor) is ({ } s, { } d, NfTables.NFT_BITWISE_MASK_XOR, { } m, { } x)
            ? new BitwiseExpression(s, d, m, x)
            : null;
    }
}
