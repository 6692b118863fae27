using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Sets on the wire (enum nft_set_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class SetCodec
{
    public static void WriteName(MessageWriter writer, NftTableName table, string name)
    {
        writer.Mark("table", table.Name);
        writer.WriteString(NfTables.NFTA_SET_TABLE, table.Name);
        writer.Mark("set", name);
        writer.WriteString(NfTables.NFTA_SET_NAME, name);
    }

    public static void Write(MessageWriter writer, NftSet set, uint id)
    {
        WriteName(writer, set.Table, set.Name);
        writer.WriteUInt32BigEndian(NfTables.NFTA_SET_FLAGS, (uint)set.Flags);
        writer.WriteUInt32BigEndian(NfTables.NFTA_SET_KEY_TYPE, set.Key.Type);
        writer.WriteUInt32BigEndian(NfTables.NFTA_SET_KEY_LEN, set.Key.Length);
        writer.WriteUInt32BigEndian(NfTables.NFTA_SET_ID, id);
        WriteDescription(writer, set);
        if (set.Timeout != TimeSpan.Zero)
            writer.WriteUInt64BigEndian(NfTables.NFTA_SET_TIMEOUT, (ulong)set.Timeout.TotalMilliseconds);
        WriteUserData(writer, set);
    }

    public static NftSet Read(scoped in MessageReader message)
    {
        string table = "", name = "";
        uint flags = 0, type = 0, length = 0;
        ulong timeout = 0, handle = 0;
        (uint Size, ValueArray<uint> Fields) description = (0, []);
        ReadOnlySpan<byte> userData = [];
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_SET_TABLE:
                    table = attributes.GetString();
                    break;
                case NfTables.NFTA_SET_NAME:
                    name = attributes.GetString();
                    break;
                case NfTables.NFTA_SET_FLAGS:
                    flags = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_SET_KEY_TYPE:
                    type = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_SET_KEY_LEN:
                    length = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_SET_DESC:
                    description = ReadDescription(attributes.GetNested());
                    break;
                case NfTables.NFTA_SET_TIMEOUT:
                    timeout = attributes.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_SET_USERDATA:
                    userData = attributes.Value;
                    break;
                case NfTables.NFTA_SET_HANDLE:
                    handle = attributes.GetUInt64BigEndian();
                    break;
            }
        }

        var key = new NftSetKey(type, length)
        {
            ByteOrder = (NftByteOrder)NftUserData.FindUInt32(userData, NftUserData.NFTNL_UDATA_SET_KEYBYTEORDER),
            Fields = description.Fields,
            Typeof = NftUserData.TryFind(userData, NftUserData.NFTNL_UDATA_SET_KEY_TYPEOF, out var expression) ? [.. expression] : [],
        };
        return new NftSet(new NftTableName(NftMessage.Family(in message), table), name, key)
        {
            Flags = (NftSetFlags)flags,
            Timeout = Milliseconds.Read(timeout),
            Size = description.Size,
            AutoMerge = NftUserData.FindUInt32(userData, NftUserData.NFTNL_UDATA_SET_MERGE_ELEMENTS) != 0,
            Comment = NftUserData.FindComment(userData, NftUserData.NFTNL_UDATA_SET_COMMENT),
            Handle = handle,
        };
    }

    // The kernel wants the fields where each is an interval of its own (pipapo); nft gives them nowhere else.
    private static void WriteDescription(MessageWriter writer, NftSet set)
    {
        var hasFields = (set.Flags & NftSetFlags.Concatenation) != 0;
        if (set.Size == 0 && !hasFields)
            return;
        var description = writer.BeginNest(NfTables.NFTA_SET_DESC);
        if (set.Size != 0)
            writer.WriteUInt32BigEndian(NfTables.NFTA_SET_DESC_SIZE, set.Size);
        if (hasFields)
        {
            var concatenation = writer.BeginNest(NfTables.NFTA_SET_DESC_CONCAT);
            foreach (var length in set.Key.Fields)
            {
                var field = writer.BeginNest(NfTables.NFTA_LIST_ELEM);
                writer.WriteUInt32BigEndian(NfTables.NFTA_SET_FIELD_LEN, length);
                writer.EndNest(field);
            }

            writer.EndNest(concatenation);
        }

        writer.EndNest(description);
    }

    private static (uint Size, ValueArray<uint> Fields) ReadDescription(AttributeReader description)
    {
        uint size = 0;
        var fields = new List<uint>();
        while (description.Read())
        {
            switch (description.Type)
            {
                case NfTables.NFTA_SET_DESC_SIZE:
                    size = description.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_SET_DESC_CONCAT:
                    ReadFields(description.GetNested(), fields);
                    break;
            }
        }

        return (size, new ValueArray<uint>([.. fields]));
    }

    private static void ReadFields(AttributeReader concatenation, List<uint> fields)
    {
        while (concatenation.Read())
        {
            if (concatenation.Type != NfTables.NFTA_LIST_ELEM)
                continue;
            var field = concatenation.GetNested();
            while (field.Read())
            {
                if (field.Type == NfTables.NFTA_SET_FIELD_LEN)
                    fields.Add(field.GetUInt32BigEndian());
            }
        }
    }

    private static void WriteUserData(MessageWriter writer, NftSet set)
    {
        var data = new MessageBuffer(64);
        NftUserData.Write(data, NftUserData.NFTNL_UDATA_SET_KEYBYTEORDER, (uint)set.Key.ByteOrder);
        if (set.AutoMerge)
            NftUserData.Write(data, NftUserData.NFTNL_UDATA_SET_MERGE_ELEMENTS, 1);
        if (set.Key.Typeof.Count > 0)
            NftUserData.Write(data, NftUserData.NFTNL_UDATA_SET_KEY_TYPEOF, set.Key.Typeof.Span);
        if (set.Comment is not null)
            NftUserData.WriteComment(data, NftUserData.NFTNL_UDATA_SET_COMMENT, set.Comment);
        writer.WriteBytes(NfTables.NFTA_SET_USERDATA, data.Written);
    }
}
