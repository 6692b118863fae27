using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Flowtabled.Engine.Config;

/// <summary>An address, or a network with all its addresses: <c>192.0.2.1</c>, <c>2001:db8::/32</c>.</summary>
public sealed class HostRange
{
    private readonly byte[] _first;
    private readonly byte[] _last;
    private readonly int _prefix;

    private HostRange(byte[] address, int prefix)
    {
        (_first, _last, _prefix) = ([.. address], [.. address], prefix);
        for (var bit = prefix; bit < 8 * address.Length; bit++)
        {
            _first[bit / 8] &= (byte)~(0x80 >> (bit % 8));
            _last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }
    }

    /// <summary>Whether the addresses have 16 bytes; else they have 4.</summary>
    public bool IsV6 => _first.Length == 16;

    /// <summary>The lowest address, in network order.</summary>
    public ReadOnlySpan<byte> First => _first;

    /// <summary>The highest address, in network order.</summary>
    public ReadOnlySpan<byte> Last => _last;

    /// <summary>Reads it; of an address in a network with a prefix the network counts. Null for anything else.</summary>
    public static HostRange? TryParse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        // Of what IPAddress takes, neither "10.1" nor "fe80::1%lan" nor "[::1]:80".
        if (host.AsSpan().ContainsAny('%', '[') || !IPAddress.TryParse(host, out var address))
            return null;
        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != host)
            return null;
        var bytes = address.GetAddressBytes();
        var prefix = 8 * bytes.Length;
        if (slash >= 0 && !(int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= 8 * bytes.Length))
            return null;
        return new HostRange(bytes, prefix);
    }

    /// <summary>The range with these ends; null when it is none that a prefix can say.</summary>
    /// <param name="first">4 or 16 bytes.</param>
    /// <param name="last">As many.</param>
    public static HostRange? Between(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last)
    {
        if (first.Length is not (4 or 16))
            return null;
        for (var prefix = 8 * first.Length; prefix >= 0; prefix--)
        {
            var range = new HostRange([.. first], prefix);
            if (range.First.SequenceEqual(first) && range.Last.SequenceEqual(last))
                return range;
        }

        return null;
    }

    /// <summary>Whether an address, in network order, is in it.</summary>
    public bool Contains(ReadOnlySpan<byte> address) =>
        address.Length == _first.Length && address.SequenceCompareTo(_first) >= 0 && address.SequenceCompareTo(_last) <= 0;

    /// <summary>The same addresses by ranges that do not overlap, v4 before v6, from the lowest on.</summary>
    public static ImmutableArray<HostRange> Merge(IEnumerable<HostRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<HostRange>();
        foreach (var range in ranges.Sorted(Compare))
        {
            // Of two networks that overlap one is in the other, and comes after it.
            if (merged.Count == 0 || !merged[^1].Contains(range.First))
                merged.Add(range);
        }

        return merged.ToImmutable();
    }

    /// <summary>The address, with its prefix where that is not its whole length.</summary>
    public override string ToString()
    {
        var address = new IPAddress(_first).ToString();
        return _prefix == 8 * _first.Length ? address : $"{address}/{_prefix.ToString(CultureInfo.InvariantCulture)}";
    }

    private static int Compare(HostRange left, HostRange right) =>
        left.IsV6 != right.IsV6 ? left.IsV6.CompareTo(right.IsV6)
        : left.First.SequenceCompareTo(right.First) is var order and not 0 ? order
        : left._prefix.CompareTo(right._prefix);
}
