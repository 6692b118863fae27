using System.Globalization;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>The terminal that standard input and output are, if they are one (asm-generic/ioctls.h).</summary>
internal static unsafe class Terminal
{
    public const int TCGETS = 0x5401;
    public const int TCSETS = 0x5402;
    private const int TIOCGWINSZ = 0x5413;
    private const int UsualRows = 24;
    private const int UsualColumns = 80;

    /// <summary>How many characters a line of it has: what it says, else COLUMNS, else 80.</summary>
    public static int Columns
    {
        get
        {
            if (TryReadSize(STDOUT_FILENO, out var size) && size.Columns > 0)
                return size.Columns;
            var told = Environment.GetEnvironmentVariable("COLUMNS");
            return int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns : UsualColumns;
        }
    }

    /// <summary>How many lines it has: what it says, else 24.</summary>
    public static int Rows => TryReadSize(STDOUT_FILENO, out var size) && size.Rows > 0 ? size.Rows : UsualRows;

    /// <summary>Whether standard input is a terminal: somebody can answer.</summary>
    public static bool IsInput => TryReadSize(STDIN_FILENO, out _);

    /// <summary>Whether standard output is a terminal: somebody sees it.</summary>
    public static bool IsOutput => TryReadSize(STDOUT_FILENO, out _);

    /// <summary>Asks whether to go on; anything but a line that begins with y means no.</summary>
    public static bool Confirm(TextWriter question)
    {
        const int longest = 64;
        question.Write("go on? [y/N] ");
        question.Flush();
        var line = stackalloc byte[longest];
        return read(STDIN_FILENO, line, longest) > 0 && line[0] is (byte)'y' or (byte)'Y';
    }

    private static bool TryReadSize(int descriptor, out (int Rows, int Columns) size)
    {
        var read = stackalloc ushort[4]; // struct winsize: rows, columns, and pixels
        var isTerminal = ioctl(descriptor, TIOCGWINSZ, read) == 0;
        size = isTerminal ? (read[0], read[1]) : (0, 0);
        return isTerminal;
    }
}
