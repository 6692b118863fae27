using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Chains on the wire (enum nft_chain_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class ChainCodec
{
    public static void WriteName(MessageWriter writer, NftTableName table, string name)
    {
        writer.Mark("table", table.Name);
        writer.WriteString(NfTables.NFTA_CHAIN_TABLE, table.Name);
        writer.Mark("chain", name);
        writer.WriteString(NfTables.NFTA_CHAIN_NAME, name);
    }

    public static void Write(MessageWriter writer, NftChain chain)
    {
        WriteName(writer, chain.Table, chain.Name);
        if (chain.Hook is not { } hook)
            return;
        writer.Mark("chain type", hook.Type);
        writer.WriteString(NfTables.NFTA_CHAIN_TYPE, hook.Type);
        writer.WriteUInt32BigEndian(NfTables.NFTA_CHAIN_POLICY, (uint)hook.Policy);
        var nest = writer.BeginNest(NfTables.NFTA_CHAIN_HOOK);
        writer.WriteUInt32BigEndian(NfTables.NFTA_HOOK_HOOKNUM, (uint)hook.Number);
        writer.WriteInt32BigEndian(NfTables.NFTA_HOOK_PRIORITY, hook.Priority);
        writer.EndNest(nest);
    }

    public static NftChain Read(scoped in MessageReader message)
    {
        string table = "", name = "", type = "";
        uint use = 0;
        ulong handle = 0;
        var policy = NftPolicy.Accept;
        NftHook? hook = null;
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_CHAIN_TABLE:
                    table = attributes.GetString();
                    break;
                case NfTables.NFTA_CHAIN_NAME:
                    name = attributes.GetString();
                    break;
                case NfTables.NFTA_CHAIN_HANDLE:
                    handle = attributes.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_CHAIN_HOOK:
                    hook = ReadHook(attributes.GetNested());
                    break;
                case NfTables.NFTA_CHAIN_POLICY:
                    policy = (NftPolicy)attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_CHAIN_TYPE:
                    type = attributes.GetString();
                    break;
                case NfTables.NFTA_CHAIN_USE:
                    use = attributes.GetUInt32BigEndian();
                    break;
            }
        }

        return new NftChain(new NftTableName(NftMessage.Family(in message), table), name)
        {
            Hook = hook is null ? null : hook with { Type = type, Policy = policy },
            Use = use,
            Handle = handle,
        };
    }

    private static NftHook ReadHook(AttributeReader hook)
    {
        uint number = 0;
        var priority = 0;
        ValueArray<string> devices = [];
        while (hook.Read())
        {
            switch (hook.Type)
            {
                case NfTables.NFTA_HOOK_HOOKNUM:
                    number = hook.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_HOOK_PRIORITY:
                    priority = hook.GetInt32BigEndian();
                    break;
                case NfTables.NFTA_HOOK_DEV:
                    devices = [hook.GetString()];
                    break;
                case NfTables.NFTA_HOOK_DEVS:
                    devices = DeviceList.Read(hook.GetNested());
                    break;
            }
        }

        return new NftHook("", (NftHookNumber)number, priority) { Devices = devices };
    }
}
