using System.Globalization;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>The terminal that standard input and output are, if they are one (asm-generic/ioctls.h).</summary>
internal static unsafe class Terminal
{
    private const int TIOCGWINSZ = 0x5413;
    private const int Usual = 80;

    /// <summary>How many characters a line of it has: what it says, else COLUMNS, else 80.</summary>
    public static int Columns
    {
        get
        {
            var size = stackalloc ushort[4]; // struct winsize: rows, columns, and pixels
            if (ioctl(STDOUT_FILENO, TIOCGWINSZ, size) == 0 && size[1] > 0)
                return size[1];
            var told = Environment.GetEnvironmentVariable("COLUMNS");
            return int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns : Usual;
        }
    }

    /// <summary>Whether standard input is a terminal: somebody can answer.</summary>
    public static bool IsInput
    {
        get
        {
            var size = stackalloc ushort[4];
            return ioctl(STDIN_FILENO, TIOCGWINSZ, size) == 0;
        }
    }

    /// <summary>Asks whether to go on; anything but a line that begins with y means no.</summary>
    public static bool Confirm(TextWriter question)
    {
        const int longest = 64;
        question.Write("go on? [y/N] ");
        question.Flush();
        var line = stackalloc byte[longest];
        return read(STDIN_FILENO, line, longest) > 0 && line[0] is (byte)'y' or (byte)'Y';
    }
}
