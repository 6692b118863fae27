using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Tables on the wire (enum nft_table_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class TableCodec
{
    public static void WriteName(MessageWriter writer, NftTableName table)
    {
        writer.Mark("table", table.Name);
        writer.WriteString(NfTables.NFTA_TABLE_NAME, table.Name);
    }

    public static void Write(MessageWriter writer, NftTable table)
    {
        WriteName(writer, table.Id);
        writer.WriteUInt32BigEndian(NfTables.NFTA_TABLE_FLAGS, (uint)table.Flags);
        if (table.Comment is null)
            return;
        var data = new MessageBuffer(64);
        NftUserData.WriteComment(data, NftUserData.NFTNL_UDATA_COMMENT, table.Comment);
        writer.WriteBytes(NfTables.NFTA_TABLE_USERDATA, data.Written);
    }

    public static NftTable Read(scoped in MessageReader message)
    {
        var name = "";
        uint flags = 0, owner = 0, use = 0;
        ulong handle = 0;
        string? comment = null;
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_TABLE_NAME:
                    name = attributes.GetString();
                    break;
                case NfTables.NFTA_TABLE_FLAGS:
                    flags = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_TABLE_USE:
                    use = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_TABLE_HANDLE:
                    handle = attributes.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_TABLE_OWNER:
                    owner = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_TABLE_USERDATA:
                    comment = NftUserData.FindComment(attributes.Value, NftUserData.NFTNL_UDATA_COMMENT);
                    break;
            }
        }

        return new NftTable(new NftTableName(NftMessage.Family(in message), name))
        {
            Flags = (NftTableFlags)flags,
            Comment = comment,
            Owner = owner,
            Use = use,
            Handle = handle,
        };
    }
}
