using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>Connections as we read them against those that conntrack prints.</summary>
public sealed class ConntrackTests : IDisposable
{
    private readonly NetworkNamespace _namespace = new();
    private readonly ConntrackClient _client;

    public ConntrackTests() => _client = _namespace.Inside(() => ConntrackClient.Open());

    public void Dispose()
    {
        _client.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void Connections_are_what_conntrack_prints()
    {
        InsertOfEachKind();

        Assert.Equal(11, AssertSameAsConntrack());
        Assert.Equal(new ConntrackCounts(11, 0, 0), _client.Count() with { Maximum = 0 });
    }

    [Fact]
    public void A_connection_of_any_kind_can_be_ended()
    {
        InsertOfEachKind();
        var all = new Recorder();
        _client.Dump(ConntrackStatus.None, ConntrackStatus.None, ref all);
        Assert.Equal(11, all.Entries.Count);

        Assert.All(all.Entries, entry =>
        {
            var original = entry.Original;
            Assert.False(_client.TryDelete(in original, entry.Id + 1));
            Assert.True(_client.TryDelete(in original, entry.Id), $"protocol {original.Protocol}");
            Assert.False(_client.TryDelete(in original, entry.Id));
        });

        Assert.Equal(0, _client.Count().Total);
    }

    [Fact]
    public void Offloaded_connections_are_found_and_counted()
    {
        using var pair = new RoutedPair(_namespace);
        pair.Exchange(packets: 5);

        Assert.Equal(1, AssertSameAsConntrack());
        var all = new Recorder();
        _client.Dump(ConntrackStatus.None, ConntrackStatus.None, ref all);
        var flow = Assert.Single(all.Entries);
        Assert.True(flow.IsOffloaded);
        Assert.False(flow.IsInHardware);
        Assert.Equal(5UL, flow.OriginalCounters?.Packets);
        Assert.Equal(5UL, flow.ReplyCounters?.Packets);
        Assert.Equal(new ConntrackCounts(1, 1, 0), _client.Count() with { Maximum = 0 });
    }

    [Theory]
    [InlineData(ConntrackStatus.Offload, ConntrackStatus.Offload, 1)]
    [InlineData(ConntrackStatus.None, ConntrackStatus.Offload, 2)]
    [InlineData(ConntrackStatus.Offload, ConntrackStatus.Offload | ConntrackStatus.HardwareOffload, 1)]
    [InlineData(ConntrackStatus.Offload | ConntrackStatus.HardwareOffload, ConntrackStatus.Offload | ConntrackStatus.HardwareOffload, 0)]
    [InlineData(ConntrackStatus.Offload | ConntrackStatus.Assured, ConntrackStatus.Offload, 1)]
    [InlineData(ConntrackStatus.None, ConntrackStatus.None, 3)]
    public void The_kernel_filters_by_status(ConntrackStatus value, ConntrackStatus mask, int expected)
    {
        using var pair = new RoutedPair(_namespace);
        pair.Exchange(packets: 5);
        _namespace.Run("""
            conntrack -I -t 100 -p udp -s 192.0.2.1 -d 198.51.100.2 --sport 1 --dport 1 2>&1
            conntrack -I -t 100 -p udp -s 192.0.2.1 -d 198.51.100.2 --sport 2 --dport 2 2>&1
            """);
        var messages = 0;
        using var client = _namespace.Inside(() => ConntrackClient.Open((sent, datagram) => messages += sent ? 0 : CountEntries(datagram)));
        var found = new Recorder();

        client.Dump(value, mask, ref found);

        Assert.Equal(expected, found.Entries.Count);
        Assert.Equal(expected, messages);
    }

    [Fact]
    public void A_dump_of_many_connections_allocates_as_little_as_one_of_none()
    {
        var counter = default(Counter);
        var empty = Allocated(ref counter);
        Assert.Equal(0, counter.Count);
        _namespace.Run("""
            for i in 1 2 3 4; do for j in $(seq 250); do
                echo "-I -t 100 -p udp -s 192.0.2.$i -d 198.51.100.2 --sport $j --dport 53 -u SEEN_REPLY"
            done; done | conntrack -R - 2>&1
            """);

        var full = Allocated(ref counter);

        Assert.Equal(1000, counter.Count);
        Assert.Equal(empty, full);
    }

    // Eleven.
    private void InsertOfEachKind() => _namespace.Run("""
        insert() { conntrack -I -t 100 "$@" 2>&1; }
        insert -p tcp -s 192.0.2.1 -d 198.51.100.2 --sport 1234 --dport 80 --state ESTABLISHED -u ASSURED,SEEN_REPLY -m 0xfffffff5
        insert -p tcp -s 192.0.2.1 -d 198.51.100.2 --sport 1235 --dport 80 --state SYN_SENT
        insert -p tcp -s 192.0.2.1 -d 198.51.100.2 --sport 1236 --dport 443 --state ESTABLISHED -u SEEN_REPLY -n 203.0.113.9:50000
        insert -p tcp -s 192.0.2.1 -d 203.0.113.9 --sport 1237 --dport 443 --state ESTABLISHED -u SEEN_REPLY -g 10.0.0.5:8443
        insert -p udp -s 2001:db8::1 -d 2001:db8:1::2 --sport 1 --dport 65535 -u SEEN_REPLY -w 7
        insert -p udp -s 192.0.2.1 -d 198.51.100.2 --sport 53 --dport 53 --orig-zone 8
        insert -p udp -s 192.0.2.1 -d 198.51.100.2 --sport 54 --dport 53 --reply-zone 9
        insert -p icmp -s 192.0.2.1 -d 198.51.100.2 --icmp-type 8 --icmp-code 0 --icmp-id 77
        insert -p icmpv6 -s 2001:db8::1 -d 2001:db8:1::2 --icmpv6-type 128 --icmpv6-code 0 --icmpv6-id 78
        insert -p gre -s 192.0.2.1 -d 198.51.100.2 --srckey 1 --dstkey 0xabcd
        insert -p 99 -s 192.0.2.1 -d 198.51.100.2
        """);

    private long Allocated(ref Counter counter)
    {
        _client.Dump(ConntrackStatus.None, ConntrackStatus.None, ref counter); // the first one grows buffers
        counter.Restart();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _client.Dump(ConntrackStatus.None, ConntrackStatus.None, ref counter);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private int AssertSameAsConntrack()
    {
        var read = new Recorder();
        _client.Dump(ConntrackStatus.None, ConntrackStatus.None, ref read);

        var printed = _namespace.Run("conntrack -L -o extended,id 2>/dev/null");

        // Of each line what stands in an entry: not the timeout, the TCP state, the uses.
        var expected = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            string.Join(' ', line.Split(' ').Where(word => (word.Contains('=') || word.Contains('[')) && !word.StartsWith("use="))));
        Assert.Equal(expected.Order(), read.Entries.Select(Print).Order());
        return read.Entries.Count;
    }

    private static string Print(ConntrackEntry entry)
    {
        var (original, reply) = (entry.Original, entry.Reply);
        string?[] words =
        [
            Print(original),
            original.Zone != reply.Zone && original.Zone != 0 ? $"zone-orig={original.Zone}" : null,
            Print(entry.OriginalCounters),
            entry.Status.HasFlag(ConntrackStatus.SeenReply) ? null : "[UNREPLIED]",
            Print(reply),
            original.Zone != reply.Zone && reply.Zone != 0 ? $"zone-reply={reply.Zone}" : null,
            Print(entry.ReplyCounters),
            entry.IsInHardware ? "[HW_OFFLOAD]" : entry.IsOffloaded ? "[OFFLOAD]" : null,
            entry.Status.HasFlag(ConntrackStatus.Assured) && !entry.IsOffloaded ? "[ASSURED]" : null,
            $"mark={entry.Mark}",
            original.Zone == reply.Zone && original.Zone != 0 ? $"zone={original.Zone}" : null,
            $"id={entry.Id}",
        ];
        return string.Join(' ', words.Where(w => w is not null));
    }

    private static string Print(ConntrackTuple tuple) =>
        $"src={tuple.Source} dst={tuple.Destination}" + tuple.Protocol switch
        {
            1 or 58 => $" type={tuple.DestinationPort >> 8} code={tuple.DestinationPort & 0xff} id={tuple.SourcePort}",
            6 or 17 => $" sport={tuple.SourcePort} dport={tuple.DestinationPort}",
            47 => $" srckey=0x{tuple.SourcePort:x} dstkey=0x{tuple.DestinationPort:x}",
            _ => "",
        };

    private static string? Print(ConntrackCounters? counters) => counters is { } c ? $"packets={c.Packets} bytes={c.Bytes}" : null;

    private static int CountEntries(ReadOnlySpan<byte> datagram)
    {
        var count = 0;
        var reader = new MessageReader(datagram);
        while (reader.Read())
            count += reader.Header.Type == NetlinkUapi.NLMSG_DONE ? 0 : 1;
        return count;
    }

    private readonly struct Recorder() : IConntrackHandler
    {
        public List<ConntrackEntry> Entries { get; } = [];

        public void Restart() => Entries.Clear();

        public void Handle(in ConntrackEntry entry) => Entries.Add(entry);
    }

    private struct Counter : IConntrackHandler
    {
        public int Count { get; private set; }

        public void Restart() => Count = 0;

        public void Handle(in ConntrackEntry entry) => Count++;
    }
}
