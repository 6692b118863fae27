using System.Collections.Immutable;
using System.Globalization;

namespace Flowtabled.Engine.Config;

/// <summary>A port of TCP and UDP, or several in a row: <c>443</c>, <c>5000-6000</c>.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest, not below <paramref name="First"/>.</param>
public sealed record PortRange(ushort First, ushort Last)
{
    /// <summary>Reads it; null for anything else, and for a range that runs backwards.</summary>
    public static PortRange? TryParse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return Number(dash < 0 ? text : text[..dash]) is { } first && (dash < 0 ? first : Number(text[(dash + 1)..])) is { } last && first <= last
            ? new PortRange(first, last)
            : null;
    }

    /// <summary>Whether a port is in it.</summary>
    public bool Contains(ushort port) => port >= First && port <= Last;

    /// <summary>The same ports by as few ranges as possible, from the lowest on.</summary>
    public static ImmutableArray<PortRange> Merge(IEnumerable<PortRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<PortRange>();
        foreach (var range in ranges.Sorted(static (left, right) => left.First.CompareTo(right.First)))
        {
            if (merged.Count == 0 || range.First > merged[^1].Last + 1)
                merged.Add(range);
            else if (range.Last > merged[^1].Last)
                merged[^1] = merged[^1] with { Last = range.Last };
        }

        return merged.ToImmutable();
    }

    /// <summary>The port, or both ends with a dash between.</summary>
    public override string ToString() => First == Last ? Text(First) : $"{Text(First)}-{Text(Last)}";

    private static ushort? Number(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(ushort port) => port.ToString(CultureInfo.InvariantCulture);
}
