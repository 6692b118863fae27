using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>What is asked, and what becomes of the answers.</summary>
public sealed class ConntrackClientTests : IDisposable
{
    private readonly ScriptedChannel _kernel = new();
    private readonly ConntrackClient _client;

    public ConntrackClientTests() => _client = new ConntrackClient(new NetlinkConnection(_kernel));

    public void Dispose() => _client.Dispose();

    [Fact]
    public void The_status_is_asked_for_as_conntrack_does()
    {
        _kernel.Answer(Answers.Done());
        var found = new Ids();

        _client.Dump(ConntrackStatus.Assured, ConntrackStatus.Assured, ref found);

        Assert.Equal(WithoutSequence(Recording.Messages("ct/filtered.sent.hex")[0]), WithoutSequence(_kernel.Sent[0]));
    }

    [Fact]
    public void Everything_is_asked_for_without_a_filter()
    {
        _kernel.Answer([.. Recording.Datagrams("ct/dump.hex"), Answers.Done()]);
        var found = new Ids();

        _client.Dump(ConntrackStatus.None, ConntrackStatus.None, ref found);

        Assert.Equal(10, found.Seen.Count);
        Assert.Equal(NetlinkHeader.Size + NfGenMessage.Size, _kernel.Sent[0].Length);
    }

    [Fact]
    public void Bits_outside_the_mask_are_not_asked_for()
    {
        _kernel.Answer(Answers.Done());
        _kernel.Answer(Answers.Done());
        var found = new Ids();

        _client.Dump(ConntrackStatus.Assured | ConntrackStatus.Dying, ConntrackStatus.Assured, ref found);
        _client.Dump(ConntrackStatus.Assured, ConntrackStatus.Assured, ref found);

        Assert.Equal(WithoutSequence(_kernel.Sent[1]), WithoutSequence(_kernel.Sent[0]));
    }

    [Fact]
    public void A_kernel_that_ignores_the_filter_is_filtered_here()
    {
        _kernel.Answer([.. Recording.Datagrams("ct/dump.hex"), Answers.Done()]);
        var found = new Ids();

        _client.Dump(ConntrackStatus.Assured, ConntrackStatus.Assured, ref found);

        Assert.Single(found.Seen);
    }

    [Fact]
    public void Connections_are_counted_by_path()
    {
        var offloaded = Recording.Messages("ct/offloaded.hex").Single(m => m.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x13, 0x89]) >= 0); // port 5001
        _kernel.Answer(offloaded, InHardware(offloaded), InHardware(offloaded), Answers.Done());
        _kernel.Answer(Recording.Messages("ct/stats.hex")[0], Answers.Error(0));

        Assert.Equal(new ConntrackCounts(10, 1, 2) { Maximum = 8192 }, _client.Count());
    }

    [Fact]
    public void Statistics_are_summed_over_the_processors()
    {
        var processor = Recording.Messages("ct/processors.hex")[0];
        var other = MessageNode.Parse(processor, NfGenMessage.Size)[0];
        foreach (var counter in other.Attributes)
            counter.Value = [0, 1, 0, (byte)counter.Type];
        _kernel.Answer(processor, other.ToArray(), other.ToArray(), Answers.Done());
        _kernel.Answer(Recording.Messages("ct/stats.hex")[0], Answers.Error(0));

        var statistics = _client.ReadStatistics();

        Assert.Equal((10, 8192), (statistics.Entries, statistics.Maximum));
        Assert.Equal(
            [2UL, 4, 8, 9, 10, 11, 12, 13, 14, 15],
            new[]
            {
                statistics.Found, statistics.Invalid, statistics.Inserted - 10, statistics.InsertFailed, statistics.Dropped,
                statistics.EarlyDropped, statistics.Errors, statistics.SearchRestarts, statistics.ClashesResolved, statistics.ChainsTooLong,
            }.Select(sum => (sum - 0x20000) / 2));
        Assert.Equal([StatisticsReader.MessageType, TotalReader.MessageType], _kernel.SentTypes);
    }

    [Fact]
    public void Without_the_module_the_refusal_says_what_was_asked()
    {
        _kernel.Answer(Answers.Error(Errno.EINVAL));

        Assert.StartsWith("list connections: EINVAL", Assert.Throws<NetlinkException>(() => _client.Count()).Message);
    }

    [Fact]
    public void Mutated_statistics_are_read_or_refused() => StructuredMutation.Check(Statistics(), NfGenMessage.Size, Read);

    [Fact]
    public void Cut_statistics_are_read_or_refused() => StructuredMutation.Cut(Statistics(), NfGenMessage.Size, Read);

    private static byte[][] Statistics() => [.. Recording.Datagrams("ct/stats.hex"), .. Recording.Datagrams("ct/processors.hex")];

    private static void Read(byte[] datagram)
    {
        var (total, processors) = (default(TotalReader), default(StatisticsReader));
        var reader = new MessageReader(datagram);
        while (reader.Read())
        {
            total.Handle(in reader);
            processors.Handle(in reader);
        }
    }

    private static string WithoutSequence(byte[] message) => Convert.ToHexString(message.AsSpan(0, 8)) + Convert.ToHexString(message.AsSpan(16));

    private static byte[] InHardware(byte[] message)
    {
        var node = MessageNode.Parse(message, NfGenMessage.Size)[0];
        node.Attributes.Single(a => a.Type == CtNetlink.CTA_STATUS).Value = [0, 0, 0xc0, 0];
        return node.ToArray();
    }

    private readonly struct Ids() : IConntrackHandler
    {
        public List<uint> Seen { get; } = [];

        public void Restart() => Seen.Clear();

        public void Handle(in ConntrackEntry entry) => Seen.Add(entry.Id);
    }
}
