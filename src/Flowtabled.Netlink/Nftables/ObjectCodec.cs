using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Stateful objects on the wire (enum nft_object_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class ObjectCodec
{
    public static void WriteName(MessageWriter writer, NftObject obj)
    {
        writer.Mark("table", obj.Table.Name);
        writer.WriteString(NfTables.NFTA_OBJ_TABLE, obj.Table.Name);
        writer.Mark("object", obj.Name);
        writer.WriteString(NfTables.NFTA_OBJ_NAME, obj.Name);
        writer.WriteUInt32BigEndian(NfTables.NFTA_OBJ_TYPE, obj.Type);
    }

    public static NftObject Read(scoped in MessageReader message)
    {
        string table = "", name = "";
        uint type = 0, use = 0;
        ulong handle = 0;
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_OBJ_TABLE:
                    table = attributes.GetString();
                    break;
                case NfTables.NFTA_OBJ_NAME:
                    name = attributes.GetString();
                    break;
                case NfTables.NFTA_OBJ_TYPE:
                    type = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_OBJ_USE:
                    use = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_OBJ_HANDLE:
                    handle = attributes.GetUInt64BigEndian();
                    break;
            }
        }

        return new NftObject(new NftTableName(NftMessage.Family(in message), table), type, name) { Use = use, Handle = handle };
    }
}
