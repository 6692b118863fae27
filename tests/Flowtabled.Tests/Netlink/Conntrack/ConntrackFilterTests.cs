using System.Net;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>What the kernel is asked to sift by, and that what it does not know is sifted here.</summary>
public sealed class ConntrackFilterTests : IDisposable
{
    private static readonly InetAddress s_four = Address("192.0.2.1");
    private static readonly InetAddress s_six = Address("2001:db8::1");

    private readonly ScriptedChannel _kernel = new();
    private readonly ConntrackClient _client;

    public ConntrackFilterTests() => _client = new ConntrackClient(new NetlinkConnection(_kernel));

    /// <summary>Filters, the source ports (or ICMP ids) of the recorded connections that they mean, and how the kernel is asked.</summary>
    public static TheoryData<ConntrackFilter, int[], string> Filters => new()
    {
        { default, [0, 1, 1, 53, 54, 77, 78, 1234, 1235, 1236], "0:" },
        { ConntrackFilter.ByStatus(ConntrackStatus.Assured, ConntrackStatus.Assured), [1234], "0: 3 26" },
        { ConntrackFilter.ByMark(5, 0xf), [1234], "0: 8 21" },
        { ConntrackFilter.ByMark(0, 0xf) with { Status = ConntrackStatus.SeenReply, StatusMask = ConntrackStatus.SeenReply }, [1, 1236], "0: 3 26 8 21" },
        { new() { Family = 10 }, [1, 78], "10:" },
        { new() { Zone = 7 }, [1], "0: 18" },
        { new() { Zone = 8 }, [53], "0: 18" },
        { new() { Zone = 9 }, [54], "0: 18" },
        { new() { Zone = 0, Family = 10 }, [78], "10:" }, // which the kernel is not asked for
        { new() { Original = new() { Source = s_six } }, [1, 78], "10:" }, // which Linux 6.1 gets wrong
        { new() { Original = new() { Destination = Address("198.51.100.2"), Protocol = 17 } }, [53, 54], "2: 1 25=a,0" },
        { new() { Reply = new() { Destination = Address("203.0.113.9") } }, [1236], "2: 2 25=0,2" },
        { new() { Original = new() { Source = s_four, Protocol = 6, DestinationPort = 80 }, Reply = new() { Protocol = 6 } }, [1234, 1235], "2: 1 2 25=29,8" },
        { new() { Original = new() { Source = s_four, Protocol = 6, SourcePort = 1236 } }, [1236], "2: 1 25=19,0" },
        { new() { Original = new() { Protocol = 99 } }, [0], "0:" }, // of no family
        { new() { Family = 2, Original = new() { Protocol = 47, SourcePort = 1 } }, [1], "2: 1 25=8,0" }, // ports of neither TCP nor UDP
        { new() { Family = 2, Original = new() { SourcePort = 53 } }, [53], "2:" }, // of no protocol
        { new() { Family = 2, Original = new() { Source = s_six } }, [], "2:" }, // cannot be
        { new() { Original = new() { Source = s_four }, Reply = new() { Source = s_six } }, [], "2:" },
        { new() { Original = new() { Source = s_four, Destination = s_six } }, [], "2:" },
    };

    public void Dispose() => _client.Dispose();

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_kernel_that_knows_no_filter_makes_no_difference(ConntrackFilter filter, int[] expected, string asked)
    {
        _kernel.Answer([.. Recording.Datagrams("ct/dump.hex"), Answers.Done()]);
        var found = new Ports();

        _client.Dump(in filter, ref found);

        Assert.Equal(expected, found.Seen.Order());
        Assert.Equal(asked, Describe(_kernel.Sent[0]));
    }

    [Fact]
    public void The_mark_is_asked_for_as_conntrack_does()
    {
        _kernel.Answer([.. Recording.Datagrams("ct/marked.hex"), Answers.Done()]);
        var found = new Ports();

        _client.Dump(ConntrackFilter.ByMark(0xf5, 0xf) with { Family = 2 }, ref found);

        Assert.Equal([1234], found.Seen);
        Assert.Equal(WithoutSequence(Recording.Messages("ct/marked.sent.hex")[0]), WithoutSequence(_kernel.Sent[0]));
    }

    [Fact]
    public void The_ends_stand_in_a_tuple()
    {
        _kernel.Answer(Answers.Done());
        var found = new Ports();

        _client.Dump(new ConntrackFilter { Original = new() { Source = s_four, Protocol = 6, DestinationPort = 80 } }, ref found);

        Assert.Equal(
            "24000180" + "0c000180" + "08000100c0000201" + "14000280" + "0500010006000000" + "0600030000500000"
            + "14001980" + "0800010029000000" + "0800020000000000",
            Convert.ToHexStringLower(_kernel.Sent[0].AsSpan(NetlinkHeader.Size + NfGenMessage.Size)));
    }

    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 2)]
    public void What_the_kernel_sifts_by_it_may_delete_by(bool byStatus, bool byMark, int probes)
    {
        for (var i = 0; i < probes; i++)
            _kernel.Answer([.. Recording.Datagrams("ct/filtered.hex"), Answers.Done()]);
        _kernel.Answer(Answers.Error(0));

        _client.DeleteAll(Filter(byStatus, byMark));

        Assert.Equal([.. Enumerable.Repeat(ConntrackRequest.ReadType, probes), ConntrackRequest.DeleteType], _kernel.SentTypes);
        Assert.Equal("0:" + (byStatus ? " 3 26" : "") + (byMark ? " 8 21" : ""), Describe(_kernel.Sent[^1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_kernel_that_would_delete_everything_is_not_asked_to(int partsThatItKnows)
    {
        for (var i = 0; i < partsThatItKnows; i++)
            _kernel.Answer([.. Recording.Datagrams("ct/filtered.hex"), Answers.Done()]);
        _kernel.Answer([.. Recording.Datagrams("ct/dump.hex"), Answers.Done()]);

        var refusal = Assert.Throws<NetlinkException>(() => _client.DeleteAll(Filter(byStatus: true, byMark: true)));

        Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
        Assert.DoesNotContain(ConntrackRequest.DeleteType, _kernel.SentTypes);
    }

    [Fact]
    public void Where_nothing_is_meant_nothing_is_deleted()
    {
        _kernel.Answer(Answers.Done());

        _client.DeleteAll(Filter(byStatus: true, byMark: false));

        Assert.Equal([ConntrackRequest.ReadType], _kernel.SentTypes);
    }

    [Fact]
    public void Everything_cannot_be_deleted_by_a_filter_that_is_empty_or_by_what_the_kernel_does_not_delete_by()
    {
        Assert.Throws<ArgumentException>(() => _client.DeleteAll(default));
        Assert.Throws<ArgumentException>(() => _client.DeleteAll(ConntrackFilter.ByStatus(ConntrackStatus.Assured, ConntrackStatus.None)));
        Assert.Throws<ArgumentException>(() => _client.DeleteAll(Filter(byStatus: true, byMark: true) with { Zone = 0 }));
        Assert.Throws<ArgumentException>(() => _client.DeleteAll(Filter(byStatus: true, byMark: true) with { Original = new() { Protocol = 6 } }));
        Assert.Empty(_kernel.Sent);
    }

    private static ConntrackFilter Filter(bool byStatus, bool byMark) => new()
    {
        Status = byStatus ? ConntrackStatus.Assured : 0,
        StatusMask = byStatus ? ConntrackStatus.Assured : 0,
        Mark = byMark ? 5u : 0,
        MarkMask = byMark ? 0xfu : 0,
    };

    // The family, the attributes' types, and what CTA_FILTER has compared in each direction.
    private static string Describe(byte[] request)
    {
        var message = MessageNode.Parse(request, NfGenMessage.Size)[0];
        return $"{request[NetlinkHeader.Size]}:" + string.Concat(message.Attributes.Select(a => (a.Type & NetlinkUapi.NLA_TYPE_MASK) is var type
            && type == CtNetlink.CTA_FILTER ? $" {type}={string.Join(',', a.Children!.Select(flags => $"{BitConverter.ToUInt32(flags.Value):x}"))}" : $" {type}"));
    }

    private static string WithoutSequence(byte[] message) => Convert.ToHexString(message.AsSpan(0, 8)) + Convert.ToHexString(message.AsSpan(16));

    private static InetAddress Address(string text) => InetAddress.FromBytes(IPAddress.Parse(text).GetAddressBytes());

    private readonly struct Ports() : IConntrackHandler
    {
        public List<int> Seen { get; } = [];

        public void Restart() => Seen.Clear();

        public void Handle(in ConntrackEntry entry) => Seen.Add(entry.Original.SourcePort);
    }
}
