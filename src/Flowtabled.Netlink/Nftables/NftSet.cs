using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>A set, without its elements.</summary>
/// <param name="Table">Where it is.</param>
/// <param name="Name">NFTA_SET_NAME. The kernel names an anonymous one: "__set0".</param>
/// <param name="Key">What its elements are.</param>
public sealed record NftSet(NftTableName Table, string Name, NftSetKey Key)
{
    /// <summary>NFTA_SET_FLAGS.</summary>
    public NftSetFlags Flags { get; init; }

    /// <summary>NFTA_SET_TIMEOUT: how long an element stays that does not say so itself; zero for ever. In whole milliseconds.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>NFTA_SET_DESC_SIZE: the number of elements it may or, if constant, will have; 0 for any.</summary>
    public uint Size { get; init; }

    /// <summary>nft's "auto-merge": whether nft joins adjacent intervals that it adds.</summary>
    public bool AutoMerge { get; init; }

    /// <summary>The comment that nft shows, at most 128 chars of one byte each; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>From the kernel: NFTA_SET_HANDLE.</summary>
    public ulong Handle { get; init; }

    /// <summary>
    /// Whether its elements are intervals kept as pairs of a start and an exclusive end; concatenated ones have both in one element.
    /// </summary>
    internal bool HasPairs => (Flags & (NftSetFlags.Interval | NftSetFlags.Concatenation)) == NftSetFlags.Interval;

    /// <summary><c>inet fw4 blocked</c></summary>
    public override string ToString() => $"{Table} {Name}";
}

/// <summary>Flags of a set (linux/netfilter/nf_tables.h).</summary>
[Flags]
public enum NftSetFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>NFT_SET_ANONYMOUS: part of a rule, named by the kernel.</summary>
    Anonymous = NfTables.NFT_SET_ANONYMOUS,

    /// <summary>NFT_SET_CONSTANT: filled in the batch that creates it, then unchanged.</summary>
    Constant = NfTables.NFT_SET_CONSTANT,

    /// <summary>NFT_SET_INTERVAL: elements may be ranges.</summary>
    Interval = NfTables.NFT_SET_INTERVAL,

    /// <summary>NFT_SET_MAP: elements lead to data.</summary>
    Map = NfTables.NFT_SET_MAP,

    /// <summary>NFT_SET_TIMEOUT: elements may expire.</summary>
    Timeout = NfTables.NFT_SET_TIMEOUT,

    /// <summary>NFT_SET_EVAL: rules may add elements.</summary>
    Dynamic = NfTables.NFT_SET_EVAL,

    /// <summary>NFT_SET_CONCAT: the key's fields are intervals each.</summary>
    Concatenation = NfTables.NFT_SET_CONCAT,
}
