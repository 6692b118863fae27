using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Flowtables on the wire (enum nft_flowtable_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class FlowtableCodec
{
    // NF_NETDEV_INGRESS (linux/netfilter_netdev.h): the only hook that a flowtable can have.
    private const uint Ingress = 0;

    public static void WriteName(MessageWriter writer, NftTableName table, string name)
    {
        writer.Mark("table", table.Name);
        writer.WriteString(NfTables.NFTA_FLOWTABLE_TABLE, table.Name);
        writer.Mark("flowtable", name);
        writer.WriteString(NfTables.NFTA_FLOWTABLE_NAME, name);
    }

    public static void Write(MessageWriter writer, NftFlowtable flowtable, ReadOnlySpan<string> devices)
    {
        WriteName(writer, flowtable.Table, flowtable.Name);
        var hook = writer.BeginNest(NfTables.NFTA_FLOWTABLE_HOOK);
        writer.WriteUInt32BigEndian(NfTables.NFTA_FLOWTABLE_HOOK_NUM, Ingress);
        writer.WriteInt32BigEndian(NfTables.NFTA_FLOWTABLE_HOOK_PRIORITY, flowtable.Priority);
        if (devices.Length > 0)
            WriteDevices(writer, devices);
        writer.EndNest(hook);
        WriteFlags(writer, flowtable.Flags);
    }

    /// <summary>The hook of an update: number and priority, which cannot change, are left out.</summary>
    public static void WriteUpdate(MessageWriter writer, ReadOnlySpan<string> devices)
    {
        var hook = writer.BeginNest(NfTables.NFTA_FLOWTABLE_HOOK);
        WriteDevices(writer, devices);
        writer.EndNest(hook);
    }

    public static void WriteFlags(MessageWriter writer, NftFlowtableFlags flags) =>
        writer.WriteUInt32BigEndian(NfTables.NFTA_FLOWTABLE_FLAGS, (uint)flags);

    public static NftFlowtable Read(scoped in MessageReader message)
    {
        string table = "", name = "";
        var priority = 0;
        uint flags = 0, use = 0;
        ulong handle = 0;
        ValueArray<string> devices = [];
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_FLOWTABLE_TABLE:
                    table = attributes.GetString();
                    break;
                case NfTables.NFTA_FLOWTABLE_NAME:
                    name = attributes.GetString();
                    break;
                case NfTables.NFTA_FLOWTABLE_HOOK:
                    (priority, devices) = ReadHook(attributes.GetNested());
                    break;
                case NfTables.NFTA_FLOWTABLE_USE:
                    use = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_FLOWTABLE_HANDLE:
                    handle = attributes.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_FLOWTABLE_FLAGS:
                    flags = attributes.GetUInt32BigEndian();
                    break;
            }
        }

        return new NftFlowtable(new NftTableName(NftMessage.Family(in message), table), name)
        {
            Priority = priority,
            Flags = (NftFlowtableFlags)flags,
            Devices = devices,
            Use = use,
            Handle = handle,
        };
    }

    private static void WriteDevices(MessageWriter writer, ReadOnlySpan<string> devices)
    {
        var list = writer.BeginNest(NfTables.NFTA_FLOWTABLE_HOOK_DEVS);
        foreach (var device in devices)
        {
            writer.Mark("device", device);
            writer.WriteString(NfTables.NFTA_DEVICE_NAME, device);
        }

        writer.EndNest(list);
    }

    private static (int Priority, ValueArray<string> Devices) ReadHook(AttributeReader hook)
    {
        var priority = 0;
        ValueArray<string> devices = [];
        while (hook.Read())
        {
            switch (hook.Type)
            {
                case NfTables.NFTA_FLOWTABLE_HOOK_PRIORITY:
                    priority = hook.GetInt32BigEndian();
                    break;
                case NfTables.NFTA_FLOWTABLE_HOOK_DEVS:
                    devices = DeviceList.Read(hook.GetNested());
                    break;
            }
        }

        return (priority, devices);
    }
}
