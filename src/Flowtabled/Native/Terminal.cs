using System.Globalization;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>The terminal that standard output is, if it is one.</summary>
internal static unsafe class Terminal
{
    private const int TIOCGWINSZ = 0x5413; // asm-generic/ioctls.h
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
}
