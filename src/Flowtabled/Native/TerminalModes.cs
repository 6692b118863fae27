using System.Runtime.InteropServices;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>How the kernel handles what is typed (struct termios, asm-generic/termbits.h): not the C library's structure of that name.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TerminalModes
{
    private const int NCCS = 19;
    private const uint ISIG = 0x1;
    private const uint ICANON = 0x2;
    private const uint ECHO = 0x8;

    public uint Input;
    public uint Output;
    public uint Control;
    public uint Local;
    public byte Line;
    public fixed byte Characters[NCCS];

    /// <summary>These modes, but every key is there to read at once, unseen, and none is a signal.</summary>
    public readonly TerminalModes WithKeys => this with { Local = Local & ~(ISIG | ICANON | ECHO) };

    /// <summary>Reads the modes of standard input; false where it is no terminal.</summary>
    public static bool TryRead(out TerminalModes modes)
    {
        fixed (TerminalModes* read = &modes)
            return ioctl(STDIN_FILENO, Terminal.TCGETS, read) == 0;
    }

    /// <summary>Makes them those of standard input. One that has gone has none to set.</summary>
    public readonly void Apply()
    {
        var modes = this;
        _ = ioctl(STDIN_FILENO, Terminal.TCSETS, &modes);
    }
}
