using System.Diagnostics;
using Flowtabled.Netlink.Conntrack;
using Tmds.Linux;
using static Tmds.Linux.LibC;

/// <summary>Knows which connections there are by their events, as a watcher does; after a loss it reads them all again.</summary>
internal sealed class Events : IConntrackListener, IDisposable
{
    private readonly ConntrackMonitor _monitor = new(ConntrackChange.New | ConntrackChange.Updated | ConntrackChange.Ended);
    private readonly ConntrackClient _client = ConntrackClient.Open();
    private readonly HashSet<ulong> _live;
    private long _heard;
    private long _losses;
    private bool _isLost;

    private Events() => _live = new HashSet<ulong>(2 * _client.ReadStatistics().Entries);

    public void Handle(ConntrackChange change, in ConntrackEntry entry)
    {
        _heard++;
        if (change == ConntrackChange.Ended)
            _live.Remove(Key(in entry));
        else
            _live.Add(Key(in entry));
    }

    public void Lost()
    {
        _losses++;
        _isLost = true;
    }

    public void Dispose()
    {
        _client.Dispose();
        _monitor.Dispose();
    }

    /// <summary>Listens for so long, and prints what it heard and what that took.</summary>
    public static int Run(double seconds)
    {
        using var events = new Events();
        events.ReadAgain();
        Console.WriteLine("ready 1");
        events.Listen(seconds);
        Console.WriteLine($"heard {events._heard}\nlosses {events._losses}\nlive {events._live.Count}");
        return 0;
    }

    private void Listen(double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var cost = Cost.Begin();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds is var elapsed && elapsed < seconds)
        {
            // What waits was sent before the loss, and may tell of what ended since: it has to go first.
            if (Wait(_isLost ? 0 : (int)((seconds - elapsed) * 1000) + 1))
                _monitor.Read(this);
            else if (_isLost)
                ReadAgain();
        }

        cost.End();
    }

    private void ReadAgain()
    {
        _isLost = false;
        _live.Clear();
        var reader = new Reader(_live);
        _client.Dump(default, ref reader);
    }

    private unsafe bool Wait(int milliseconds)
    {
        var wait = new pollfd { fd = _monitor.Descriptor, events = POLLIN };
        return poll(&wait, 1, milliseconds) > 0;
    }

    // The id alone is not unique.
    private static ulong Key(in ConntrackEntry entry) => (ulong)entry.Id << 16 | entry.Original.SourcePort;

    private readonly struct Reader(HashSet<ulong> live) : IConntrackHandler
    {
        public void Restart() => live.Clear();

        public void Handle(in ConntrackEntry entry) => live.Add(Key(in entry));
    }
}
