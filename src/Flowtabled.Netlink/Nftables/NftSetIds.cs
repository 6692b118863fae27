namespace Flowtabled.Netlink.Nftables;

/// <summary>The sets that a batch makes, by the number under which its later messages may refer to them (NFTA_SET_ID).</summary>
internal sealed class NftSetIds
{
    private readonly List<Made> _named = [];
    private readonly Queue<uint> _anonymous = [];
    private uint _last;

    /// <summary>The table whose rules are being written.</summary>
    public NftTableName Table { get; set; }

    public uint Add(NftSet set)
    {
        _named.Add(new Made(set.Table, set.Name, ++_last));
        return _last;
    }

    /// <summary>Numbers an anonymous set; the rule's lookups <see cref="TakeAnonymous"/> in the same order.</summary>
    public uint AddAnonymous()
    {
        _anonymous.Enqueue(++_last);
        return _last;
    }

    public uint? Find(NftSet set) => Find(set.Table, set.Name)?.Id;

    public uint? Find(string name) => Find(Table, name)?.Id;

    public uint TakeAnonymous() => _anonymous.Dequeue();

    /// <summary>Whether the set was made here and has no elements yet; from now on it has.</summary>
    public bool TakeEmpty(NftSet set)
    {
        if (Find(set.Table, set.Name) is not { IsEmpty: true } made)
            return false;
        made.IsEmpty = false;
        return true;
    }

    public void Clear()
    {
        _named.Clear();
        _anonymous.Clear();
        _last = 0;
    }

    // A batch makes a few. Of two with one name, which it made, deleted and made again, the later one is meant.
    private Made? Find(NftTableName table, string name) => _named.FindLast(made => made.Table == table && made.Name == name);

    private sealed class Made(NftTableName table, string name, uint id)
    {
        public NftTableName Table => table;

        public string Name => name;

        public uint Id => id;

        public bool IsEmpty { get; set; } = true;
    }
}
