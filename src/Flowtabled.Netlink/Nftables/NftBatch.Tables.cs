using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Tables, chains, rules and objects.</summary>
public sealed partial class NftBatch
{
    /// <summary>
    /// Makes a table, or changes the flags of the one that is there. With <see cref="NftTableFlags.Owner"/> and
    /// <see cref="NftTableFlags.Persist"/> an orphan becomes ours. The kernel refuses: EPERM when another socket owns it, EOPNOTSUPP for a
    /// flag that it does not know or that cannot change, EEXIST when it is there and <paramref name="exclusive"/> is set.
    /// </summary>
    public void Add(NftTable table, bool exclusive = false)
    {
        // The kernel does not ask for NLM_F_CREATE here, and nft does not send it.
        var writer = Begin(NfTables.NFT_MSG_NEWTABLE, Exclusive(exclusive), table.Id.Family, $"add table {table.Id}", out var message);
        TableCodec.Write(writer, table);
        writer.End(message);
    }

    /// <summary>Deletes a table with all that is in it. The kernel refuses: ENOENT, EPERM when another socket owns it.</summary>
    public void DeleteTable(NftTableName table)
    {
        var writer = Begin(NfTables.NFT_MSG_DELTABLE, 0, table.Family, $"delete table {table}", out var message);
        TableCodec.WriteName(writer, table);
        writer.End(message);
    }

    /// <summary>Makes a chain, or changes the policy of the one that is there; its hook cannot change (EEXIST).</summary>
    public void Add(NftChain chain, bool exclusive = false)
    {
        var writer = Begin(
            NfTables.NFT_MSG_NEWCHAIN, Create(exclusive), chain.Table.Family, $"add chain {chain}", out var message);
        ChainCodec.Write(writer, chain);
        writer.End(message);
    }

    /// <summary>Deletes a chain. The kernel refuses: ENOENT, EBUSY while it has rules or a rule leads to it.</summary>
    public void DeleteChain(NftTableName table, string chain)
    {
        var writer = Begin(NfTables.NFT_MSG_DELCHAIN, 0, table.Family, $"delete chain {table} {chain}", out var message);
        ChainCodec.WriteName(writer, table, chain);
        writer.End(message);
    }

    /// <summary>Deletes all rules of a chain.</summary>
    public void FlushChain(NftTableName table, string chain)
    {
        var writer = Begin(NfTables.NFT_MSG_DELRULE, 0, table.Family, $"flush chain {table} {chain}", out var message);
        RuleCodec.WriteChain(writer, table, chain);
        writer.End(message);
    }

    /// <summary>Adds a rule at the end of its chain, or after the rule with the handle <paramref name="after"/>.</summary>
    public void Append(NftRule rule, ulong? after = null) =>
        Write(rule, NetlinkUapi.NLM_F_CREATE | NetlinkUapi.NLM_F_APPEND, after, "append rule to");

    /// <summary>Adds a rule at the beginning of its chain, or before the rule with the handle <paramref name="before"/>.</summary>
    public void Insert(NftRule rule, ulong? before = null) => Write(rule, NetlinkUapi.NLM_F_CREATE, before, "insert rule into");

    /// <summary>Puts a rule in the place of the one with its <see cref="NftRule.Handle"/>.</summary>
    public void Replace(NftRule rule) => Write(rule, NetlinkUapi.NLM_F_REPLACE, null, $"replace rule {rule.Handle} of");

    /// <summary>Deletes a rule. The kernel refuses: ENOENT.</summary>
    public void DeleteRule(NftTableName table, string chain, ulong handle)
    {
        var writer = Begin(NfTables.NFT_MSG_DELRULE, 0, table.Family, $"delete rule {handle} of chain {table} {chain}", out var message);
        RuleCodec.WriteChain(writer, table, chain);
        RuleCodec.WriteHandle(writer, handle);
        writer.End(message);
    }

    /// <summary>Deletes a stateful object. The kernel refuses: ENOENT, EBUSY while something refers to it.</summary>
    public void Delete(NftObject obj)
    {
        var writer = Begin(NfTables.NFT_MSG_DELOBJ, 0, obj.Table.Family, $"delete object {obj}", out var message);
        ObjectCodec.WriteName(writer, obj);
        writer.End(message);
    }

    private void Write(NftRule rule, int flags, ulong? position, string verb)
    {
        AddAnonymousSets(rule);
        var writer = Begin(NfTables.NFT_MSG_NEWRULE, flags, rule.Table.Family, $"{verb} chain {rule.Table} {rule.Chain}", out var message);
        RuleCodec.WriteChain(writer, rule.Table, rule.Chain);
        if (flags == NetlinkUapi.NLM_F_REPLACE)
            RuleCodec.WriteHandle(writer, rule.Handle);
        _sets.Table = rule.Table;
        NftExpressionList.Write(writer, rule.Expressions, _sets);
        if (position is { } handle)
            RuleCodec.WritePosition(writer, handle);
        RuleCodec.WriteComment(writer, rule);
        writer.End(message);
    }
}
