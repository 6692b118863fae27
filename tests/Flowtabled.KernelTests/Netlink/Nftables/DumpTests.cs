using System.Buffers.Binary;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Netlink.Nftables;

/// <summary>Answers too long for one datagram, and rulesets that change while they are read.</summary>
public sealed class DumpTests : IDisposable
{
    private const int Many = 10_000;

    private static readonly NftTableName T = new(NftFamily.Inet, "t");
    private static readonly NftSet Addresses = new(T, "addresses", NftSetKey.Of(NftDataType.Ipv4Address));
    private static readonly NftSet Ranges = new(T, "ranges", NftSetKey.Of(NftDataType.Ipv4Address)) { Flags = NftSetFlags.Interval };

    private readonly NetworkNamespace _namespace = new();
    private readonly NftClient _client;

    public DumpTests() => _client = _namespace.OpenNft();

    public void Dispose()
    {
        _client.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void Thousands_of_elements_come_in_many_datagrams()
    {
        NftSetElement[] addresses = [.. Enumerable.Range(0, Many).Select(i => new NftSetElement(Address(2 * i)))];
        NftSetElement[] ranges = [.. Enumerable.Range(0, Many).Select(i => new NftSetElement(Address(8 * i)) { Last = Address((8 * i) + 3) })];
        Make(addresses, ranges);
        var datagrams = 0;
        using var socket = _namespace.Open();
        socket.Trace = (sent, _) => datagrams += sent ? 0 : 1;
        using var client = new NftClient(socket);

        Assert.Equal(addresses, client.GetElements(Addresses));
        Assert.InRange(datagrams, 5, 100);
        Assert.Equal(ranges, client.GetElements(Ranges));

        var listed = NftListing.Objects(_namespace.ListRuleset(), "set").Select(set => set.GetProperty("elem").GetArrayLength());
        Assert.Equal([Many, Many], listed);
    }

    [Fact]
    public void A_dump_during_which_the_ruleset_changes_is_begun_again()
    {
        const int Rules = 3000;
        Make([], []);
        Append(Rules);
        using var channel = new DisturbedChannel(_namespace.Open(), () => Append(1));
        using var client = new NftClient(channel);

        var rules = client.GetRules(T);

        Assert.Equal(Rules + 1, rules.Count);
        Assert.Equal(Rules + 1, rules.Select(rule => rule.Handle).Distinct().Count());
        Assert.True(channel.IsInterrupted, "the kernel marked no message");
        Assert.Equal(2, channel.Requests);
    }

    [Fact]
    public void A_table_is_read_as_it_was_at_one_moment()
    {
        Make([], []);
        using var channel = new DisturbedChannel(_namespace.Open(), () => Append(1));
        using var client = new NftClient(channel);

        // The disturbance comes after the first answer, the generation: what is read then belongs to another.
        var snapshot = client.TryReadTable(T)!;

        Assert.Single(snapshot.Rules);
        Assert.Equal(_client.GetGeneration().Id, snapshot.Generation);
    }

    [Fact]
    public void An_answer_that_is_left_in_the_middle_is_finished_before_the_next_request()
    {
        Make([.. Enumerable.Range(0, Many).Select(i => new NftSetElement(Address(i)))], []);
        using var connection = new NetlinkConnection(_namespace.Open());
        var impatient = new Impatient();
        Start();
        Assert.Throws<OperationCanceledException>(() => connection.Dump("read", ref impatient));
        var counter = new Counter();
        Start();
        connection.Dump("read", ref counter);
        Assert.InRange(counter.Messages, 5, 100);

        void Start()
        {
            var writer = connection.Start((NfNetlink.NFNL_SUBSYS_NFTABLES << 8) | NfTables.NFT_MSG_GETSETELEM, 0, new NfGenMessage((byte)T.Family));
            writer.WriteString(NfTables.NFTA_SET_ELEM_LIST_TABLE, T.Name);
            writer.WriteString(NfTables.NFTA_SET_ELEM_LIST_SET, Addresses.Name);
        }
    }

    private static ValueArray<byte> Address(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 0x0a000000 + number);
        return [.. bytes];
    }

    private void Make(NftSetElement[] addresses, NftSetElement[] ranges)
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftChain(T, "c"));
        batch.Add(Addresses);
        batch.AddElements(Addresses, addresses);
        batch.Add(Ranges);
        batch.AddElements(Ranges, ranges);
        _client.Commit(batch);
    }

    private void Append(int rules)
    {
        var batch = new NftBatch();
        for (var i = 0; i < rules; i++)
            batch.Append(new NftRule(T, "c") { Expressions = [new CounterExpression()] });
        _client.Commit(batch);
    }

    /// <summary>Does something, once, after the first datagram was received.</summary>
    private sealed class DisturbedChannel(NetlinkSocket socket, Action disturb) : INetlinkChannel
    {
        private Action? _disturb = disturb;

        public uint Port => socket.Port;

        public int Requests { get; private set; }

        /// <summary>Whether a message was marked as inconsistent with those before it.</summary>
        public bool IsInterrupted { get; private set; }

        public void Send(ReadOnlySpan<byte> datagram)
        {
            Requests++;
            socket.Send(datagram);
        }

        public ReceiveStatus Receive(Span<byte> buffer, int timeout, out int length)
        {
            var status = socket.Receive(buffer, timeout, out length);
            var reader = new MessageReader(buffer[..length]);
            while (reader.Read())
                IsInterrupted |= (reader.Header.Flags & NetlinkUapi.NLM_F_DUMP_INTR) != 0;
            _disturb?.Invoke();
            _disturb = null;
            return status;
        }

        public void Dispose() => socket.Dispose();
    }

    private struct Counter : IMessageHandler
    {
        public int Messages { get; private set; }

        public void Restart() => Messages = 0;

        public void Handle(scoped in MessageReader message) => Messages++;
    }

    private struct Impatient : IMessageHandler
    {
        public readonly void Restart()
        {
        }

        public readonly void Handle(scoped in MessageReader message) => throw new OperationCanceledException();
    }
}
