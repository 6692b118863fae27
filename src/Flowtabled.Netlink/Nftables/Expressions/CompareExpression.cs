using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>Goes on when a register compares so with a value ("cmp").</summary>
/// <param name="Source">NFTA_CMP_SREG.</param>
/// <param name="Operator">NFTA_CMP_OP.</param>
/// <param name="Value">
/// NFTA_CMP_DATA: compared byte by byte; shorter than the register's content, it is a prefix: <c>iifname "eth*"</c>.
/// </param>
public sealed record CompareExpression(uint Source, NftComparison Operator, ValueArray<byte> Value) : NftExpression
{
    internal const string KernelName = "cmp";

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_CMP_SREG, Source);
        writer.WriteUInt32BigEndian(NfTables.NFTA_CMP_OP, (uint)Operator);
        NftData.WriteValue(writer, NfTables.NFTA_CMP_DATA, Value);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? source = null, op = null;
        ValueArray<byte>? value = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_CMP_SREG:
                    source = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_CMP_OP:
                    op = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_CMP_DATA:
                    value = NftData.ReadValue(data.GetNested());
                    break;
            }
        }

        return (source, op, value) is ({ } s, { } o, { } v) ? new CompareExpression(s, (NftComparison)o, v) : null;
    }
}

/// <summary>Comparisons (enum nft_cmp_ops, linux/netfilter/nf_tables.h).</summary>
public enum NftComparison : uint
{
    /// <summary>NFT_CMP_EQ</summary>
    Equal = NfTables.NFT_CMP_EQ,

    /// <summary>NFT_CMP_NEQ</summary>
    NotEqual = NfTables.NFT_CMP_NEQ,

    /// <summary>NFT_CMP_LT</summary>
    Less = NfTables.NFT_CMP_LT,

    /// <summary>NFT_CMP_LTE</summary>
    LessOrEqual = NfTables.NFT_CMP_LTE,

    /// <summary>NFT_CMP_GT</summary>
    Greater = NfTables.NFT_CMP_GT,

    /// <summary>NFT_CMP_GTE</summary>
    GreaterOrEqual = NfTables.NFT_CMP_GTE,
}
