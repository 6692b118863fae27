using System.Net;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>What the kernel sifts and deletes by, against the whole of what it has.</summary>
public sealed class ConntrackFilterTests : IDisposable
{
    private static readonly InetAddress s_host = Address("192.0.2.1");

    private readonly NetworkNamespace _namespace = new();
    private readonly ConntrackClient _client;
    private int _messages;

    public ConntrackFilterTests()
    {
        _client = _namespace.Inside(() => ConntrackClient.Open((sent, datagram) => _messages += sent ? 0 : CountEntries(datagram)));
        _namespace.Run("""
            insert() { conntrack -I -t 100 "$@" 2>&1; }
            insert -p tcp -s 192.0.2.1 -d 198.51.100.2 --sport 1 --dport 80 --state ESTABLISHED -u ASSURED,SEEN_REPLY -m 0x15
            insert -p tcp -s 192.0.2.1 -d 198.51.100.2 --sport 2 --dport 80 --state ESTABLISHED -u SEEN_REPLY -n 203.0.113.9:50000 -m 0x25
            insert -p tcp -s 192.0.2.2 -d 198.51.100.2 --sport 3 --dport 443 --state ESTABLISHED -u ASSURED,SEEN_REPLY -m 0x16
            insert -p udp -s 192.0.2.1 -d 198.51.100.2 --sport 4 --dport 80 -u SEEN_REPLY
            insert -p udp -s 2001:db8::1 -d 2001:db8:1::2 --sport 5 --dport 53 -u SEEN_REPLY -w 7
            insert -p tcp -s 2001:db8::1 -d 2001:db8:1::2 --sport 6 --dport 80 --state SYN_SENT -m 5
            insert -p icmp -s 192.0.2.1 -d 198.51.100.2 --icmp-type 8 --icmp-code 0 --icmp-id 7
            insert -p gre -s 192.0.2.1 -d 198.51.100.2 --srckey 8 --dstkey 9
            """);
    }

    /// <summary>Filters, and the source ports of those that they mean.</summary>
    public static TheoryData<ConntrackFilter, int[]> Filters => new()
    {
        { default, [1, 2, 3, 4, 5, 6, 7, 8] },
        { ConntrackFilter.ByStatus(ConntrackStatus.Assured, ConntrackStatus.Assured), [1, 3] },
        { ConntrackFilter.ByMark(5, 0xf), [1, 2, 6] },
        { ConntrackFilter.ByMark(5, 0xf) with { Status = ConntrackStatus.None, StatusMask = ConntrackStatus.Assured }, [2, 6] },
        { new() { Family = Netfilter.NFPROTO_IPV6 }, [5, 6] },
        { new() { Original = new() { Source = s_host } }, [1, 2, 4, 7, 8] },
        { new() { Original = new() { Source = s_host, Protocol = 6 } }, [1, 2] },
        { new() { Original = new() { Source = s_host, Protocol = 6, DestinationPort = 80 }, Mark = 0x20, MarkMask = 0xf0 }, [2] },
        { new() { Original = new() { Destination = Address("198.51.100.2"), Protocol = 17, SourcePort = 4 } }, [4] },
        { new() { Reply = new() { Destination = Address("203.0.113.9"), Protocol = 6, DestinationPort = 50000 } }, [2] },
        { new() { Original = new() { Source = s_host }, Reply = new() { Destination = s_host, Protocol = 17 } }, [4] },
    };

    public void Dispose()
    {
        _client.Dispose();
        _namespace.Dispose();
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void The_kernel_sends_those_that_are_meant_and_no_others(ConntrackFilter filter, int[] expected)
    {
        Assert.Equal(expected, Dump(filter));
        Assert.Equal(expected.Length, _messages);
    }

    [Fact]
    public void What_the_kernel_does_not_sift_by_is_sifted_here()
    {
        Assert.Equal([5], Dump(new ConntrackFilter { Zone = 7 }));
        Assert.Equal([1, 2, 3, 4, 6, 7, 8], Dump(new ConntrackFilter { Zone = 0 }));
        Assert.Equal([8], Dump(new ConntrackFilter { Original = new() { Protocol = 47, SourcePort = 8 } }));
        Assert.Equal([4], Dump(new ConntrackFilter { Original = new() { SourcePort = 4 } }));
        Assert.Equal(
            [6], Dump(new ConntrackFilter { Original = new() { Source = Address("2001:db8::1") }, Reply = new() { Source = Address("2001:db8:1::2"), Protocol = 6 } }));
        Assert.Empty(Dump(new ConntrackFilter { Family = Netfilter.NFPROTO_IPV6, Original = new() { Source = s_host } }));
    }

    [Fact]
    public void Those_that_are_meant_are_deleted_and_no_others()
    {
        _client.DeleteAll(ConntrackFilter.ByMark(5, 0xf) with { Status = ConntrackStatus.Assured, StatusMask = ConntrackStatus.Assured });
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], Dump(default));

        _client.DeleteAll(ConntrackFilter.ByMark(5, 0xf));
        Assert.Equal([3, 4, 5, 7, 8], Dump(default));

        _client.DeleteAll(ConntrackFilter.ByStatus(ConntrackStatus.Assured, ConntrackStatus.Assured));
        _client.DeleteAll(ConntrackFilter.ByStatus(ConntrackStatus.Assured, ConntrackStatus.Assured)); // none is left
        Assert.Equal([4, 5, 7, 8], Dump(default));
    }

    [Fact]
    public void Statistics_are_those_that_conntrack_prints()
    {
        var statistics = _client.ReadStatistics();

        var printed = _namespace.Run("conntrack -S; conntrack -C; cat /proc/sys/net/netfilter/nf_conntrack_max")
            .Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        ulong Sum(string name) => (ulong)printed.Where(word => word.StartsWith($"{name}=")).Sum(word => long.Parse(word[(name.Length + 1)..]));
        Assert.Equal(8UL, statistics.Inserted);
        Assert.Equal(
            (Sum("insert"), Sum("insert_failed"), Sum("drop"), Sum("early_drop"), Sum("invalid"), Sum("error")),
            (statistics.Inserted, statistics.InsertFailed, statistics.Dropped, statistics.EarlyDropped, statistics.Invalid, statistics.Errors));
        Assert.Equal([$"{statistics.Entries}", $"{statistics.Maximum}"], printed[^2..]);
    }

    private IEnumerable<int> Dump(ConntrackFilter filter)
    {
        _messages = 0;
        var found = new Ports();
        _client.Dump(in filter, ref found);
        return found.Seen.Order();
    }

    private static int CountEntries(ReadOnlySpan<byte> datagram)
    {
        var count = 0;
        var reader = new MessageReader(datagram);
        while (reader.Read())
            count += reader.Header.Type == NetlinkUapi.NLMSG_DONE ? 0 : 1;
        return count;
    }

    private static InetAddress Address(string text) => InetAddress.FromBytes(IPAddress.Parse(text).GetAddressBytes());

    private readonly struct Ports() : IConntrackHandler
    {
        public List<int> Seen { get; } = [];

        public void Restart() => Seen.Clear();

        public void Handle(in ConntrackEntry entry) => Seen.Add(entry.Original.SourcePort);
    }
}
