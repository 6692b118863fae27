using System.Globalization;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Rules on the wire (enum nft_rule_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class RuleCodec
{
    public static void WriteChain(MessageWriter writer, NftTableName table, string chain)
    {
        writer.Mark("table", table.Name);
        writer.WriteString(NfTables.NFTA_RULE_TABLE, table.Name);
        writer.Mark("chain", chain);
        writer.WriteString(NfTables.NFTA_RULE_CHAIN, chain);
    }

    public static void WriteHandle(MessageWriter writer, ulong handle)
    {
        writer.Mark("rule with handle", handle.ToString(CultureInfo.InvariantCulture));
        writer.WriteUInt64BigEndian(NfTables.NFTA_RULE_HANDLE, handle);
    }

    public static void WritePosition(MessageWriter writer, ulong handle)
    {
        writer.Mark("rule with handle", handle.ToString(CultureInfo.InvariantCulture));
        writer.WriteUInt64BigEndian(NfTables.NFTA_RULE_POSITION, handle);
    }

    public static void WriteComment(MessageWriter writer, NftRule rule)
    {
        if (rule.Comment is null)
            return;
        var data = new MessageBuffer(64);
        NftUserData.WriteComment(data, NftUserData.NFTNL_UDATA_COMMENT, rule.Comment);
        writer.WriteBytes(NfTables.NFTA_RULE_USERDATA, data.Written);
    }

    public static NftRule Read(scoped in MessageReader message)
    {
        string table = "", chain = "";
        ulong handle = 0;
        string? comment = null;
        ValueArray<NftExpression> expressions = [];
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_RULE_TABLE:
                    table = attributes.GetString();
                    break;
                case NfTables.NFTA_RULE_CHAIN:
                    chain = attributes.GetString();
                    break;
                case NfTables.NFTA_RULE_HANDLE:
                    handle = attributes.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_RULE_EXPRESSIONS:
                    expressions = NftExpressionList.Read(attributes.GetNested());
                    break;
                case NfTables.NFTA_RULE_USERDATA:
                    comment = NftUserData.FindComment(attributes.Value, NftUserData.NFTNL_UDATA_COMMENT);
                    break;
            }
        }

        return new NftRule(new NftTableName(NftMessage.Family(in message), table), chain)
        {
            Expressions = expressions,
            Comment = comment,
            Handle = handle,
        };
    }
}
