using System.Globalization;

namespace Flowtabled.Engine.Health;

/// <summary>
/// What MediaTek's and Airoha's drivers say of their chip's table, in debugfs (mtk_ppe_debugfs.c, airoha_ppe_debugfs.c): a line for each entry in
/// use, its number in hexadecimal, its state, its kind, and the rest.
/// <code>01f3a BND IPv4 5T orig=192.168.1.2:5001->198.51.100.1:80 new=... eth=... etype=0800 ... packets=12 bytes=3456</code>
/// </summary>
/// <param name="Bound">Entries that the chip forwards by (BND).</param>
/// <param name="Unbound">Entries that only wait for more packets, or that are on their way out (UNB, FIN).</param>
/// <param name="Capacity">How many it has room for at least: the driver does not say, but the numbers it gives are powers of two.</param>
public sealed record ChipTable(int Bound, int Unbound, int Capacity)
{
    /// <summary>The smallest of these chips' tables.</summary>
    private const int Smallest = 8192;

    // No chip has more; a larger number is none of an entry.
    private const int Largest = 1 << 20;

    /// <summary>Reads the file <c>entries</c>. Lines that are none of an entry are passed over, as the last one may be when it is cut.</summary>
    public static ChipTable Parse(ReadOnlySpan<char> entries)
    {
        var (bound, unbound, last) = (0, 0, 0);
        foreach (var line in entries.EnumerateLines())
        {
            if (line.Length < 9 || line[5] != ' ' || !int.TryParse(line[..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
                continue;
            switch (line[6..9])
            {
                case "BND":
                    bound++;
                    break;
                case "UNB" or "FIN":
                    unbound++;
                    break;
                default:
                    continue;
            }

            last = Math.Max(last, Math.Min(number, Largest - 1));
        }

        var capacity = Smallest;
        while (capacity <= last)
            capacity *= 2;
        return new ChipTable(bound, unbound, capacity);
    }

    /// <summary>Both together, of two tables of one chip.</summary>
    public static ChipTable operator +(ChipTable left, ChipTable right) =>
        new(left.Bound + right.Bound, left.Unbound + right.Unbound, left.Capacity + right.Capacity);

    /// <summary>In words.</summary>
    public override string ToString() => $"{Bound} bound, {Unbound} unbound of at least {Capacity}";
}
