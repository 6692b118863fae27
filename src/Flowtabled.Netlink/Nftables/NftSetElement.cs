namespace Flowtabled.Netlink.Nftables;

/// <summary>An element of a set. The data of a map's elements are left out: such sets are others'.</summary>
/// <param name="Key">NFTA_SET_ELEM_KEY: its value, or the first of a range.</param>
public sealed record NftSetElement(ValueArray<byte> Key)
{
    /// <summary>The last value of a range, inclusive; null for a single value. Only in sets of intervals.</summary>
    public ValueArray<byte>? Last { get; init; }

    /// <summary>NFTA_SET_ELEM_TIMEOUT: how long it stays; zero: as the set says. In whole milliseconds.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>From the kernel: NFTA_SET_ELEM_EXPIRATION, what is left of that.</summary>
    public TimeSpan Expiration { get; init; }

    /// <summary>The comment that nft shows, at most 128 chars of one byte each; null for none.</summary>
    public string? Comment { get; init; }
}
