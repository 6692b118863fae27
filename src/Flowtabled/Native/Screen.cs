using System.Text;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Flowtabled.Native;

/// <summary>
/// The terminal as a screen that is drawn again and again, while what was on it before waits behind. Keys are read as they are typed. It speaks
/// as xterm does, and everything that came after it.
/// </summary>
internal sealed unsafe class Screen : IDisposable
{
    // A screen of its own (1049), no cursor (25), no wrapping of what is too long (7).
    private const string Enter = "\e[?1049h\e[?25l\e[?7l";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    private const byte ControlC = 3;

    private readonly TextWriter _output;
    private readonly TerminalModes _modes;

    /// <summary>Takes the terminal until it is disposed of.</summary>
    /// <param name="output">Standard output.</param>
    public Screen(TextWriter output)
    {
        _output = output;
        if (TerminalModes.TryRead(out _modes))
            _modes.WithKeys.Apply();
        output.Write(Enter);
    }

    /// <summary>Whether there is a terminal to take: standard input and output.</summary>
    public static bool IsThere => Terminal.IsInput && Terminal.IsOutput;

    /// <summary>Shows these lines, as many and as much of each as there is room for, in the place of what was shown before.</summary>
    /// <exception cref="IOException">The terminal has gone.</exception>
    public void Draw(ReadOnlySpan<string> lines) => _output.Write(Frame(lines, Terminal.Rows, Terminal.Columns));

    /// <summary>Waits for a key or a wake-up.</summary>
    /// <param name="milliseconds">For how long at most.</param>
    /// <param name="wake">A descriptor that becomes readable when somebody wants to go on.</param>
    /// <returns>Whether the user, or the end of the terminal, asks to leave: <c>q</c> or Ctrl-C.</returns>
    public static bool IsLeft(int milliseconds, int wake)
    {
        var sources = stackalloc pollfd[2];
        sources[0] = new pollfd { fd = STDIN_FILENO, events = POLLIN };
        sources[1] = new pollfd { fd = wake, events = POLLIN };
        return poll(sources, 2, milliseconds) > 0 && sources[0].revents != 0 && IsLeaving();
    }

    /// <summary>Gives the terminal back as it was.</summary>
    public void Dispose()
    {
        _modes.Apply();
        try
        {
            _output.Write(Leave);
        }
        catch (IOException)
        {
            // A terminal that has gone needs nothing back, and what ended the watch is to be told.
        }
    }

    /// <summary>What draws lines over whatever is there, without a moment of emptiness: in one piece, each line over the old one.</summary>
    internal static string Frame(ReadOnlySpan<string> lines, int rows, int columns)
    {
        var frame = new StringBuilder(Home);
        var shown = Math.Min(lines.Length, rows);
        for (var i = 0; i < shown; i++)
        {
            if (i > 0)
                frame.Append("\r\n");
            // After a character in the last column the cursor is on it still, and what clears the rest would take it.
            if (lines[i].Length < columns)
                frame.Append(lines[i]).Append(ClearLine);
            else
                frame.Append(lines[i], 0, columns);
        }

        if (shown < rows)
            frame.Append("\r\n").Append(ClearBelow);
        return frame.ToString();
    }

    private static bool IsLeaving()
    {
        const int most = 64;
        var keys = stackalloc byte[most];
        var count = (int)read(STDIN_FILENO, keys, most);
        return count <= 0 || new ReadOnlySpan<byte>(keys, count).ContainsAny((byte)'q', (byte)'Q', ControlC);
    }
}
