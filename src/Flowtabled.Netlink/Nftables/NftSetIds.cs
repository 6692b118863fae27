namespace Flowtabled.Netlink.Nftables;

/// <summary>The sets that a batch makes, by the number under which its later messages may refer to them (NFTA_SET_ID).</summary>
internal sealed class NftSetIds
{
    private readonly Dictionary<(NftTableName Table, string Name), uint> _named = [];
    private readonly HashSet<(NftTableName Table, string Name)> _empty = [];
    private readonly Queue<uint> _anonymous = [];
    private uint _last;

    /// <summary>The table whose rules are being written.</summary>
    public NftTableName Table { get; set; }

    public uint Add(NftSet set)
    {
        _empty.Add((set.Table, set.Name));
        return _named[(set.Table, set.Name)] = ++_last;
    }

    /// <summary>Numbers an anonymous set; the rule's lookups <see cref="TakeAnonymous"/> in the same order.</summary>
    public uint AddAnonymous()
    {
        _anonymous.Enqueue(++_last);
        return _last;
    }

    public uint? Find(NftSet set) => _named.TryGetValue((set.Table, set.Name), out var id) ? id : null;

    public uint? Find(string name) => _named.TryGetValue((Table, name), out var id) ? id : null;

    public uint TakeAnonymous() => _anonymous.Dequeue();

    /// <summary>Whether the set was made here and has no elements yet; from now on it has.</summary>
    public bool TakeEmpty(NftSet set) => _empty.Remove((set.Table, set.Name));

    public void Clear()
    {
        _named.Clear();
        _empty.Clear();
        _anonymous.Clear();
        _last = 0;
    }
}
