using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>The nest in which values and verdicts stand (enum nft_data_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class NftData
{
    public static void WriteValue(MessageWriter writer, ushort type, ValueArray<byte> value)
    {
        var data = writer.BeginNest(type);
        writer.WriteBytes(NfTables.NFTA_DATA_VALUE, value.Span);
        writer.EndNest(data);
    }

    public static ValueArray<byte>? ReadValue(AttributeReader data)
    {
        ValueArray<byte>? value = null;
        while (data.Read())
        {
            if (data.Type == NfTables.NFTA_DATA_VALUE)
                value = [.. data.Value];
        }

        return value;
    }

    public static VerdictExpression? ReadVerdict(AttributeReader data)
    {
        VerdictExpression? verdict = null;
        while (data.Read())
        {
            if (data.Type == NfTables.NFTA_DATA_VERDICT)
                verdict = VerdictExpression.ReadVerdict(data.GetNested());
        }

        return verdict;
    }
}
