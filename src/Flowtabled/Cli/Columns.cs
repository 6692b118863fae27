using System.Text;

namespace Flowtabled.Cli;

/// <summary>Rows in columns that fit a terminal of 80: a cell that is too wide goes on in the line below.</summary>
/// <param name="widest">The most that each column but the last may take; the last one has what the others leave.</param>
internal sealed class Columns(params int[] widest)
{
    private const int LineWidth = 80;
    private const int Gap = 2;

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row: a cell for each column.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints the rows; a line never ends in blanks.</summary>
    public void Write(TextWriter output)
    {
        var widths = Widths();
        var line = new StringBuilder();
        foreach (var row in _rows)
        {
            var cells = new List<string>[row.Length];
            for (var column = 0; column < row.Length; column++)
                cells[column] = Wrap(row[column], widths[column]);
            for (var i = 0; i < cells.Max(static lines => lines.Count); i++)
            {
                line.Clear();
                for (var column = 0; column < cells.Length; column++)
                {
                    var text = i < cells[column].Count ? cells[column][i] : "";
                    line.Append(text.PadRight(widths[column] + Gap));
                }

                output.WriteLine(line.ToString().TrimEnd(' '));
            }
        }
    }

    /// <summary>Breaks text at its blanks into lines of at most <paramref name="width"/>; a word that is longer is broken too.</summary>
    internal static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var rest = text.AsSpan();
        while (rest.Length > width)
        {
            var end = rest[..(width + 1)].LastIndexOf(' ');
            if (end <= 0)
                end = width;
            lines.Add(rest[..end].TrimEnd(' ').ToString());
            rest = rest[end..].TrimStart(' ');
        }

        lines.Add(rest.ToString());
        return lines;
    }

    private int[] Widths()
    {
        var widths = new int[widest.Length + 1];
        var left = LineWidth;
        for (var column = 0; column < widest.Length; column++)
        {
            var needed = _rows.Max(row => row[column].Length);
            widths[column] = Math.Min(needed, widest[column]);
            left -= widths[column] + Gap;
        }

        widths[^1] = left;
        return widths;
    }
}
