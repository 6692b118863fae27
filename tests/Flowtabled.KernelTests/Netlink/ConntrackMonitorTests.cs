using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>What is told of connections that begin, change and end.</summary>
public sealed class ConntrackMonitorTests : IDisposable
{
    private const ConntrackChange All = ConntrackChange.New | ConntrackChange.Updated | ConntrackChange.Ended;

    private readonly NetworkNamespace _namespace = new();

    public void Dispose() => _namespace.Dispose();

    [Theory]
    [InlineData(All, "New 2000 0, Updated 2000 7, Ended 2000 7")]
    [InlineData(ConntrackChange.New, "New 2000 0")]
    [InlineData(ConntrackChange.Updated | ConntrackChange.Ended, "Updated 2000 7, Ended 2000 7")]
    public void The_life_of_a_connection_is_told_as_far_as_it_was_asked_for(ConntrackChange changes, string expected)
    {
        using var monitor = _namespace.Inside(() => new ConntrackMonitor(changes));
        _namespace.Run("""
            sysctl -qw net.netfilter.nf_conntrack_events=1 net.netfilter.nf_conntrack_timestamp=1
            conntrack -I -t 100 -p udp -s 192.0.2.1 -d 198.51.100.2 --sport 2000 --dport 53 2>&1
            conntrack -U -p udp -s 192.0.2.1 -m 7 2>&1
            conntrack -D -p udp -s 192.0.2.1 2>&1
            """);
        var listener = new Listener();

        Assert.True(monitor.Read(listener));

        Assert.Equal(expected, string.Join(", ", listener.Told));
        if ((changes & ConntrackChange.Ended) != 0) // no other event tells it
            Assert.InRange(DateTime.UtcNow - DateTime.UnixEpoch.AddTicks((long)(listener.Start / 100)), TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_loss_is_told_and_what_comes_after_it_is_heard()
    {
        using var monitor = _namespace.Inside(() => new ConntrackMonitor(All));
        _namespace.Run("""
            for i in $(seq 6); do for j in $(seq 1000); do
                echo "-I -t 100 -p udp -s 192.0.2.$i -d 198.51.100.2 --sport $j --dport 53 -u SEEN_REPLY"
            done; done | conntrack -R - 2>&1
            conntrack -F 2>&1
            """);
        var listener = new Listener();

        Assert.False(ReadAll(monitor, listener));
        var heard = listener.Told.Count;
        _namespace.Run("conntrack -I -t 100 -p udp -s 192.0.2.1 -d 198.51.100.2 --sport 1 --dport 53 2>&1");

        Assert.InRange(heard, 1000, 11_999);
        Assert.Equal(1, listener.Losses);
        Assert.True(monitor.Read(listener));
        Assert.Equal(["New 1 0"], listener.Told[heard..]);
    }

    private static bool ReadAll(ConntrackMonitor monitor, Listener listener)
    {
        var complete = true;
        for (var before = -1; before != listener.Told.Count;)
        {
            before = listener.Told.Count;
            complete &= monitor.Read(listener);
        }

        return complete;
    }

    private sealed class Listener : IConntrackListener
    {
        public List<string> Told { get; } = [];

        public ulong Start { get; private set; }

        public int Losses { get; private set; }

        public void Handle(ConntrackChange change, in ConntrackEntry entry)
        {
            Told.Add($"{change} {entry.Original.SourcePort} {entry.Mark}");
            Start = entry.Start ?? Start;
        }

        public void Lost() => Losses++;
    }
}
