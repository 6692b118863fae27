using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Flowtabled.Daemon;
using Flowtabled.Engine.Flows;
using Flowtabled.Kernel;
using Flowtabled.Native;
using Flowtabled.Netlink;

namespace Flowtabled.Flows;

/// <summary>Shows flows on a screen, and looks again about every second, until the user or a signal ends it.</summary>
internal sealed class FlowsWatch : IDisposable
{
    private const int Interval = WatchPace.Watched; // milliseconds

    // Devices, the table and the configuration change rarely, and asking for them is more than a look at conntrack.
    private const int LooksAnAssessment = 10;

    // The totals, a line between, the head of the table, and the line that counts the others.
    private const int OtherLines = 6;

    private const string Hint = "q ends; a look every 0.9 s, rates since the one before";

    private readonly WakeEvent _wake = new();
    private readonly PosixSignalRegistration[] _signals;
    private volatile bool _ends;

    [SuppressMessage("Interoperability", "CA1416", Justification = "Windows has no SIGWINCH, and none of the rest either.")]
    public FlowsWatch() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, End),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, End),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, End),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, End),
        PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _wake.Signal()),
    ];

    /// <summary>Watches until it ends.</summary>
    /// <param name="output">The terminal.</param>
    /// <param name="reader">Lists connections.</param>
    /// <param name="choice">Which.</param>
    /// <param name="limit">How many at most; fewer where the screen has no room.</param>
    /// <param name="order">Which come first.</param>
    /// <exception cref="NetlinkException">The kernel does not answer. The terminal is as it was.</exception>
    public void Run(TextWriter output, FlowsReader reader, ConnectionChoice choice, int limit, Comparison<Connection> order)
    {
        using var screen = new Screen(output);
        var (next, spare) = (new EarlierBytes(), new EarlierBytes());
        for (var look = 0; !_ends; look++)
        {
            var began = Stopwatch.GetTimestamp();
            if (look > 0 && look % LooksAnAssessment == 0)
                Assess(reader);
            var room = Math.Clamp(Terminal.Rows - OtherLines, 1, limit);
            var listing = reader.Read(choice, room, order, look > 0 ? spare : null, next);
            (next, spare) = (spare, next);
            do
            {
                _wake.Clear();
                screen.Draw(Lines(listing, Terminal.Columns));
            }
            while (!IsOver(began)); // Drawn again: the screen has another size.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _wake.Dispose();
    }

    /// <summary>The lines for a screen of that width.</summary>
    internal static string[] Lines(FlowListing listing, int columns)
    {
        using var text = new StringWriter { NewLine = "\n" };
        FlowsText.WriteTotals(text, listing.Totals);
        text.WriteLine(Hint);
        FlowsText.WriteTable(text, listing, columns);
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    // Whether to look again, or to end; else the wait was for less than it should be.
    private bool IsOver(long began)
    {
        var left = Interval - (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (Screen.IsLeft(Math.Max(0, left), _wake.Descriptor))
            _ends = true; // With |= what a signal says meanwhile would be lost.
        return _ends || Stopwatch.GetElapsedTime(began).TotalMilliseconds >= Interval;
    }

    private static void Assess(FlowsReader reader)
    {
        try
        {
            reader.Assess();
        }
        catch (NetlinkException e) when (KernelSession.IsOutrun(e))
        {
            // What was found before will do until the next time.
        }
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        _ends = true;
        _wake.Signal();
    }
}
