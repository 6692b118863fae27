namespace Flowtabled.Netlink.Nftables;

/// <summary>A set that is part of a rule, as in <c>meta l4proto { tcp, udp }</c>: made with the rule, gone with it.</summary>
public sealed record NftAnonymousSet
{
    /// <param name="key">What its elements are.</param>
    /// <param name="elements">The elements, in any order.</param>
    /// <param name="isInterval">Whether elements may be ranges.</param>
    public NftAnonymousSet(NftSetKey key, ReadOnlySpan<NftSetElement> elements, bool isInterval = false)
    {
        Key = key;
        IsInterval = isInterval;
        var sorted = elements.ToArray();
        sorted.AsSpan().Sort(static (left, right) => left.Key.Span.SequenceCompareTo(right.Key.Span));
        Elements = new ValueArray<NftSetElement>(sorted);
    }

    /// <summary>What its elements are.</summary>
    public NftSetKey Key { get; }

    /// <summary>Its elements, by key: the kernel gives them in an order of its own.</summary>
    public ValueArray<NftSetElement> Elements { get; }

    /// <summary>Whether elements may be ranges.</summary>
    public bool IsInterval { get; }
}
