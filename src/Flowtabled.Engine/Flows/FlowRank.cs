using System.Globalization;

namespace Flowtabled.Engine.Flows;

/// <summary>Where a connection stands in an order: the lowest comes first, and no two are the same. It is the cursor between two pages too.</summary>
/// <param name="Value">By what they are ordered.</param>
/// <param name="Key"><see cref="WatchSample.Key"/>.</param>
public readonly record struct FlowRank(ulong Value, ulong Key)
{
    /// <summary>Whether it comes before another.</summary>
    public bool IsBefore(in FlowRank other) => Value != other.Value ? Value < other.Value : Key < other.Key;

    /// <summary>The rank that comes first with the most of something.</summary>
    public static FlowRank MostFirst(ulong value, ulong key) => new(ulong.MaxValue - value, key);

    /// <summary>Reads a cursor; <see langword="null"/> when it is none.</summary>
    public static FlowRank? Parse(string cursor) =>
        cursor.Length == 33 && cursor[16] == '-' && Number(cursor.AsSpan(0, 16)) is { } value && Number(cursor.AsSpan(17)) is { } key
            ? new FlowRank(value, key)
            : null;

    /// <summary>The cursor after it.</summary>
    public override string ToString() =>
        string.Concat(Value.ToString("x16", CultureInfo.InvariantCulture), "-", Key.ToString("x16", CultureInfo.InvariantCulture));

    private static ulong? Number(ReadOnlySpan<char> text) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
}
