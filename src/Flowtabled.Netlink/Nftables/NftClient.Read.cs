using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Reading.</summary>
public sealed partial class NftClient
{
    private const int SnapshotAttempts = 20;

    private delegate T Decode<T>(scoped in MessageReader message);

    /// <summary>The generation of the ruleset now.</summary>
    /// <exception cref="NetlinkException">EPERM without CAP_NET_ADMIN; EOPNOTSUPP or EINVAL in a kernel without nftables.</exception>
    public NftGeneration GetGeneration()
    {
        Start(NfTables.NFT_MSG_GETGEN, NftFamily.Any);
        return Query("read the nftables generation", NfTables.NFT_MSG_NEWGEN, GenerationCodec.Read)[0];
    }

    /// <summary>All tables.</summary>
    public IReadOnlyList<NftTable> GetTables()
    {
        Start(NfTables.NFT_MSG_GETTABLE, NftFamily.Any);
        return Dump("read nftables tables", NfTables.NFT_MSG_NEWTABLE, TableCodec.Read);
    }

    /// <summary>One table, or null when there is none of that name.</summary>
    public NftTable? TryGetTable(NftTableName table)
    {
        var writer = Start(NfTables.NFT_MSG_GETTABLE, table.Family);
        TableCodec.WriteName(writer, table);
        try
        {
            return Query($"read table {table}", NfTables.NFT_MSG_NEWTABLE, TableCodec.Read)[0];
        }
        catch (NetlinkException refusal) when (refusal.Errno == Errno.ENOENT)
        {
            return null;
        }
    }

    /// <summary>The chains of a table, or of all.</summary>
    public IReadOnlyList<NftChain> GetChains(NftTableName? table = null)
    {
        Start(NfTables.NFT_MSG_GETCHAIN, table?.Family ?? NftFamily.Any);
        var chains = Dump("read nftables chains", NfTables.NFT_MSG_NEWCHAIN, ChainCodec.Read);
        if (table is { } wanted)
            chains.RemoveAll(chain => chain.Table != wanted); // Of all dumps the kernel does not filter this one by table.
        return chains;
    }

    /// <summary>The flowtables of a table, or of all.</summary>
    public IReadOnlyList<NftFlowtable> GetFlowtables(NftTableName? table = null)
    {
        StartFiltered(NfTables.NFT_MSG_GETFLOWTABLE, NfTables.NFTA_FLOWTABLE_TABLE, table);
        return Dump("read nftables flowtables", NfTables.NFT_MSG_NEWFLOWTABLE, FlowtableCodec.Read);
    }

    /// <summary>
    /// The rules of a table, or of all, in order within each chain. What their anonymous sets hold is not read: see
    /// <see cref="TryReadTable"/>.
    /// </summary>
    public IReadOnlyList<NftRule> GetRules(NftTableName? table = null)
    {
        StartFiltered(NfTables.NFT_MSG_GETRULE, NfTables.NFTA_RULE_TABLE, table);
        return Dump("read nftables rules", NfTables.NFT_MSG_NEWRULE, RuleCodec.Read);
    }

    /// <summary>The sets and maps of a table, or of all, anonymous ones included.</summary>
    public IReadOnlyList<NftSet> GetSets(NftTableName? table = null)
    {
        StartFiltered(NfTables.NFT_MSG_GETSET, NfTables.NFTA_SET_TABLE, table);
        return Dump("read nftables sets", NfTables.NFT_MSG_NEWSET, SetCodec.Read);
    }

    /// <summary>The stateful objects of a table, or of all.</summary>
    public IReadOnlyList<NftObject> GetObjects(NftTableName? table = null)
    {
        StartFiltered(NfTables.NFT_MSG_GETOBJ, NfTables.NFTA_OBJ_TABLE, table);
        return Dump("read nftables objects", NfTables.NFT_MSG_NEWOBJ, ObjectCodec.Read);
    }

    /// <summary>
    /// The elements of a set, by key. Of all dumps the kernel does not mark this one where the set changes meanwhile: <see cref="TryReadTable"/>
    /// looks at the generation.
    /// </summary>
    /// <exception cref="NetlinkException">ENOENT: the set is not there.</exception>
    public ValueArray<NftSetElement> GetElements(NftSet set)
    {
        var writer = Start(NfTables.NFT_MSG_GETSETELEM, set.Table.Family);
        SetElementCodec.WriteName(writer, set.Table, set.Name);
        var elements = new ElementCollector([]);
        _connection.Dump($"read elements of set {set}", ref elements);
        return SetElementCodec.Assemble(set, elements.Elements);
    }

    /// <summary>
    /// A table with all that is in it, as it was at one moment; null when there is none of that name.
    /// </summary>
    /// <param name="name">Which table.</param>
    /// <param name="withElements">Whether to read the elements of named sets, which may be many.</param>
    /// <exception cref="NetlinkException">EINTR: the ruleset changes faster than it can be read.</exception>
    public NftSnapshot? TryReadTable(NftTableName name, bool withElements = true) => ReadTables([name], withElements)[0];

    /// <summary>
    /// Tables with all that is in them, as they were at one moment: for each name one, or null when there is none.
    /// </summary>
    /// <param name="names">Which tables.</param>
    /// <param name="withElements">Whether to read the elements of named sets, which may be many.</param>
    /// <exception cref="NetlinkException">EINTR: the ruleset changes faster than it can be read.</exception>
    public NftSnapshot?[] ReadTables(ReadOnlySpan<NftTableName> names, bool withElements = true)
    {
        var snapshots = new NftSnapshot?[names.Length];
        for (var attempt = 0; attempt < SnapshotAttempts; attempt++)
        {
            var generation = GetGeneration();
            for (var i = 0; i < names.Length; i++)
                snapshots[i] = TryReadOnce(names[i], generation.Id, withElements);
            if (GetGeneration().Id == generation.Id)
                return snapshots;
        }

        throw new NetlinkException("read the nftables ruleset", Errno.EINTR);
    }

    private NftSnapshot? TryReadOnce(NftTableName name, uint generation, bool withElements)
    {
        try
        {
            if (TryGetTable(name) is not { } table)
                return null;
            var sets = new List<NftSetContent>();
            var anonymous = new Dictionary<string, NftAnonymousSet>();
            foreach (var set in GetSets(name))
            {
                var isAnonymous = (set.Flags & (NftSetFlags.Anonymous | NftSetFlags.Map)) == NftSetFlags.Anonymous;
                if (isAnonymous)
                    anonymous[set.Name] = new NftAnonymousSet(set.Key, GetElements(set).Span, set.HasPairs);
                else if ((set.Flags & NftSetFlags.Anonymous) == 0)
                    sets.Add(new NftSetContent(set, withElements ? GetElements(set) : []));
            }

            var rules = GetRules(name);
            return new NftSnapshot(
                generation, table, sets, GetFlowtables(name), GetChains(name), rules.Select(WithSets), GetObjects(name));

            NftRule WithSets(NftRule rule) => rule with { Expressions = [.. rule.Expressions.Select(WithSet)] };
            NftExpression WithSet(NftExpression expression) =>
                expression is LookupExpression lookup && anonymous.TryGetValue(lookup.Set, out var set)
                    ? lookup with { Anonymous = set }
                    : expression;
        }
        catch (NetlinkException refusal) when (refusal.Errno == Errno.ENOENT)
        {
            return null; // Deleted while we read: the generation tells.
        }
    }

    private MessageWriter Start(int message, NftFamily family) =>
        _connection.Start(NftMessage.Type(message), 0, new NfGenMessage((byte)family));

    private void StartFiltered(int message, ushort tableAttribute, NftTableName? table)
    {
        var writer = Start(message, table?.Family ?? NftFamily.Any);
        if (table is { } wanted)
            writer.WriteString(tableAttribute, wanted.Name);
    }

    private List<T> Query<T>(string operation, int answer, Decode<T> decode)
    {
        var collector = new Collector<T>(NftMessage.Type(answer), decode, []);
        _connection.Query(operation, ref collector);
        return collector.Items.Count > 0 ? collector.Items : throw new NetlinkException(operation, Errno.ENOENT);
    }

    private List<T> Dump<T>(string operation, int answer, Decode<T> decode)
    {
        var collector = new Collector<T>(NftMessage.Type(answer), decode, []);
        _connection.Dump(operation, ref collector);
        return collector.Items;
    }

    private readonly struct Collector<T>(ushort type, Decode<T> decode, List<T> items) : IMessageHandler
    {
        public List<T> Items => items;

        public void Restart() => items.Clear();

        public void Handle(scoped in MessageReader message)
        {
            if (message.Header.Type == type)
                items.Add(decode(in message));
        }
    }

    private readonly struct ElementCollector(List<SetElementCodec.Raw> elements) : IMessageHandler
    {
        public List<SetElementCodec.Raw> Elements => elements;

        public void Restart() => elements.Clear();

        public void Handle(scoped in MessageReader message)
        {
            if (message.Header.Type == NftMessage.Type(NfTables.NFT_MSG_NEWSETELEM))
                SetElementCodec.Read(in message, elements);
        }
    }
}
