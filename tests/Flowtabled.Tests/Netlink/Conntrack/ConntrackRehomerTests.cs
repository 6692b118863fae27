using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;
using Script = Flowtabled.Tests.Netlink.ScriptedChannel.Script;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>What is sent, and what is made of each answer.</summary>
public class ConntrackRehomerTests
{
    private const ushort Read = 0x101;
    private const ushort Delete = 0x102;
    private const ushort Create = 0x100;
    private const ushort Statistics = 0x105;

    // The count takes number 1, the only pair 2 and 3.
    private static readonly byte[][] s_answers =
    [
        KernelMessage.Error(KernelMessage.Frame(Delete, 0, 2, 0, [2, 0, 0, 0]), Errno.ENOENT),
        KernelMessage.Error(KernelMessage.Frame(Create, 0, 3, 0, [2, 0, 0, 0]), Errno.EEXIST, text: "taken", offset: 20),
        KernelMessage.Error(KernelMessage.Frame(Create, 0, 3, 0, [2, 0, 0, 0]), 0),
    ];

    private static readonly Script s_room = Room(10, 1000);
    private static readonly Script s_notFound = static request => [KernelMessage.Error(request[0], Errno.ENOENT)];

    [Fact]
    public void Many_go_out_in_one_send_each_deleted_right_before_it_is_made()
    {
        var connections = Some(300);
        var kernel = Rehome(connections, s_room, Answer(0, 0));

        Assert.All(connections, c => Assert.Equal((RehomingOutcome.Rehomed, 1, 0), (c.Outcome, c.Attempts, c.Errno)));
        var messages = Recording.Split(kernel.Sent[1]);
        Assert.Equal(2, kernel.Sent.Count);
        Assert.Equal(Enumerable.Repeat(new[] { Delete, Create }, 300).SelectMany(pair => pair), messages.Select(Type));
        Assert.Distinct(messages.Select(message => ScriptedChannel.SequenceOf(message)));
        Assert.Equal(connections.Select(c => c.Original), messages.Where(m => Type(m) == Create).Select(m => Connections.Read(m).Original));
    }

    [Fact]
    public void A_thousand_go_out_in_a_few_sends_that_fit_the_socket()
    {
        const int sendBuffer = 212_992; // net.core.wmem_default
        var connections = Some(1000);
        var kernel = Rehome(connections, s_room, Answer(0, 0), s_room, Answer(0, 0), s_room, Answer(0, 0));

        Assert.All(connections, c => Assert.Equal(RehomingOutcome.Rehomed, c.Outcome));
        Assert.Equal(6, kernel.Sent.Count);
        Assert.All(kernel.Sent, datagram => Assert.True(datagram.Length < sendBuffer - 32));
        Assert.Equal(1000, kernel.SentTypes.Count(type => type == Create));
    }

    [Fact]
    public void Those_that_must_be_left_alone_are_not_sent()
    {
        Rehoming[] connections =
        [
            Connections.Masqueraded().WithStatus(ConntrackStatus.Confirmed).ToRehoming(), Connections.Masqueraded().ToRehoming(),
        ];
        var kernel = Rehome(connections, s_room, Answer(0, 0));

        Assert.Equal([RehomingOutcome.LeftAlone, RehomingOutcome.Rehomed], connections.Select(c => c.Outcome));
        Assert.Equal([Statistics, Delete, Create], kernel.SentTypes);
    }

    [Fact]
    public void Nothing_is_sent_twice()
    {
        var connections = Some(2);
        Rehome(connections, s_room, Answer(0, 0));

        Assert.Equal([Statistics], Rehome(connections, s_room).SentTypes);
        Assert.Empty(Rehome([]).SentTypes);
    }

    [Fact]
    public void One_that_ended_is_gone_and_what_was_made_for_it_is_deleted_again()
    {
        var connections = Some(1);
        var kernel = Rehome(connections, s_room, Answer(Errno.ENOENT, 0), static request => [KernelMessage.Error(request[0], 0)]);

        Assert.Equal(RehomingOutcome.Gone, connections[0].Outcome);
        Assert.Equal([Statistics, Delete, Create, Delete], kernel.SentTypes);
        var undo = MessageNode.Parse(kernel.Sent[2], NfGenMessage.Size)[0];
        Assert.Equal([CtNetlink.CTA_TUPLE_ORIG], undo.Attributes.Select(a => a.Type & NetlinkUapi.NLA_TYPE_MASK)); // whatever its id is
    }

    [Fact]
    public void What_was_made_for_one_that_ended_may_have_ended_itself()
    {
        var connections = Some(1);
        Rehome(connections, s_room, Answer(Errno.ENOENT, 0), s_notFound);

        Assert.Equal(RehomingOutcome.Gone, connections[0].Outcome);
    }

    [Fact]
    public void One_in_whose_place_another_began_is_gone_and_the_other_stays()
    {
        var connections = Some(1);
        var kernel = Rehome(connections, s_room, Answer(Errno.ENOENT, Errno.EEXIST));

        Assert.Equal((RehomingOutcome.Gone, 0), (connections[0].Outcome, connections[0].Errno));
        Assert.Equal([Statistics, Delete, Create], kernel.SentTypes);
    }

    [Fact]
    public void A_refused_delete_leaves_the_connection_as_it_was()
    {
        var connections = Some(1);
        Rehome(connections, s_room, Answer(Errno.EOPNOTSUPP, Errno.EEXIST));

        Assert.Equal((RehomingOutcome.Refused, Errno.EOPNOTSUPP, 1), (connections[0].Outcome, connections[0].Errno, connections[0].Attempts));
    }

    [Fact]
    public void An_entry_that_a_packet_made_in_between_is_deleted_too()
    {
        var connections = Some(3);
        var raced = Connections.Masqueraded().WithNumber(Number(1));
        raced.Attribute(CtNetlink.CTA_ID).Value = [1, 2, 3, 4];
        var kernel = Rehome(
            connections, s_room, request => Answer(0, Errno.EEXIST, only: 1)(request), Found(raced.ToArray()), Answer(0, 0));

        Assert.Equal([1, 2, 1], connections.Select(c => c.Attempts));
        Assert.All(connections, c => Assert.Equal((RehomingOutcome.Rehomed, 0), (c.Outcome, c.Errno)));
        var delete = MessageNode.Parse(kernel.Sent[3], NfGenMessage.Size)[0];
        Assert.Equal(Delete, delete.Type);
        Assert.Equal([1, 2, 3, 4], delete.Attribute(CtNetlink.CTA_ID).Value);
        Assert.Equal(connections[1].Original, Connections.Read(Recording.Split(kernel.Sent[3])[1]).Original);
    }

    [Fact]
    public void An_entry_that_an_answer_made_in_between_is_deleted_too()
    {
        var connections = Some(1);
        var answer = Connections.Masqueraded().WithNumber(Number(0));
        Swap(answer.Attribute(CtNetlink.CTA_TUPLE_ORIG), answer.Attribute(CtNetlink.CTA_TUPLE_REPLY));
        var kernel = Rehome(connections, s_room, Answer(0, Errno.EEXIST), s_notFound, Found(answer.ToArray()), Answer(0, 0));

        Assert.Equal(RehomingOutcome.Rehomed, connections[0].Outcome);
        Assert.Equal([Statistics, Delete, Create, Read, Read, Delete, Create], kernel.SentTypes);
        Assert.Equal(connections[0].Reply, Original(kernel.Sent[4]));
    }

    [Fact]
    public void A_connection_that_took_the_translated_port_keeps_it()
    {
        var connections = Some(1);
        var other = Connections.Masqueraded().WithNumber(Number(0));
        other.Attribute(CtNetlink.CTA_TUPLE_ORIG).Children![0].Children![0].Value = [192, 0, 2, 77];
        var kernel = Rehome(connections, s_room, Answer(0, Errno.EEXIST), s_notFound, Found(other.ToArray()));

        Assert.Equal((RehomingOutcome.Refused, Errno.EEXIST), (connections[0].Outcome, connections[0].Errno));
        Assert.Equal([Statistics, Delete, Create, Read, Read], kernel.SentTypes);
    }

    [Fact]
    public void A_creation_that_fails_for_another_reason_is_tried_again()
    {
        var connections = Some(1);
        Rehome(connections, s_room, Answer(0, Errno.ENOMEM), s_notFound, s_notFound, Answer(Errno.ENOENT, 0));

        Assert.Equal((RehomingOutcome.Rehomed, 2), (connections[0].Outcome, connections[0].Attempts));
    }

    [Fact]
    public void It_gives_up_in_the_end()
    {
        var connections = Some(1);
        var kernel = new ScriptedChannel(s_room)
        {
            Otherwise = static request => Type(request[0]) == Read ? s_notFound(request) : Answer(0, Errno.EEXIST)(request),
        };
        using var rehomer = new ConntrackRehomer(kernel);

        rehomer.Rehome(connections);

        Assert.Equal((RehomingOutcome.Refused, Errno.EEXIST, 4), (connections[0].Outcome, connections[0].Errno, connections[0].Attempts));
    }

    [Theory]
    [InlineData(998, 1000, 2)]
    [InlineData(1000, 1000, 0)]
    [InlineData(1001, 1000, 0)]
    [InlineData(1000, 0, 5)] // a kernel that does not tell
    public void No_more_are_sent_than_find_room(int entries, int maximum, int expected)
    {
        var connections = Some(5);
        Rehome(connections, Room(entries, maximum), Answer(0, 0));

        Assert.Equal(expected, connections.Count(c => c.Outcome == RehomingOutcome.Rehomed));
        Assert.All(connections[expected..], c => Assert.Equal((RehomingOutcome.LeftAlone, RehomingObstacle.TableFull), (c.Outcome, c.Obstacle)));
    }

    [Fact]
    public void Those_that_found_no_room_are_sent_when_there_is_some()
    {
        var connections = Some(5);
        var kernel = new ScriptedChannel(Room(998, 1000), Answer(0, 0), Room(997, 1000), Answer(0, 0));
        using var rehomer = new ConntrackRehomer(kernel);

        Assert.False(rehomer.Rehome(connections));
        Assert.Equal([false, false, true, true, true], connections.Select(static c => c.HasNoRoom));
        Assert.True(rehomer.Rehome(connections));

        Assert.All(connections, c => Assert.Equal((RehomingOutcome.Rehomed, RehomingObstacle.None, 1), (c.Outcome, c.Obstacle, c.Attempts)));
    }

    [Fact]
    public void Without_the_right_nothing_is_known_and_the_refusal_is_told()
    {
        // The kernel answers such a datagram once, at its first message.
        var connections = Some(2);
        var refusal = Assert.Throws<NetlinkException>(
            () => Rehome(connections, s_room, static request => [KernelMessage.Error(request[0], Errno.EPERM)]));

        Assert.StartsWith("rehome connections: EPERM", refusal.Message);
        Assert.All(connections, c => Assert.Equal(RehomingOutcome.Pending, c.Outcome));
    }

    [Fact]
    public void Without_the_module_the_refusal_says_what_was_asked() => Assert.StartsWith(
        "count connections: EINVAL",
        Assert.Throws<NetlinkException>(() => Rehome(Some(1), static request => [KernelMessage.Error(request[0], Errno.EINVAL)])).Message);

    [Fact]
    public void Lost_and_missing_answers_are_told()
    {
        var lost = Assert.Throws<NetlinkException>(() => Rehome(Some(2), s_room, static request => [ScriptedChannel.Received.Lost]));
        var missing = Assert.Throws<NetlinkException>(
            () => Rehome(Some(2), s_room, static request => Answer(0, 0)(request).Take(1)));

        Assert.Equal((Errno.ENOBUFS, Errno.ETIMEDOUT), (lost.Errno, missing.Errno));
    }

    [Fact]
    public void Answers_to_other_requests_are_passed_over()
    {
        var connections = Some(1);
        Rehome(connections, s_room, static request =>
        [
            KernelMessage.Frame(NetlinkUapi.NLMSG_ERROR, 0, ScriptedChannel.SequenceOf(request[1]), 99, KernelMessage.Error(request[1], Errno.EBUSY).AsSpan(16)),
            KernelMessage.Data(request[1], Create, 0, 2, 0, 0, 0),
            KernelMessage.Error(Recording.Messages("ct/stats.hex")[0], Errno.EBUSY),
            .. Answer(0, 0)(request),
        ]);

        Assert.Equal((RehomingOutcome.Rehomed, 1), (connections[0].Outcome, connections[0].Attempts));
    }

    [Fact]
    public void A_whole_answer_is_understood() => Assert.Equal(
        [Errno.ETIMEDOUT, Errno.EEXIST, 0], s_answers.Select(Attempt)); // A delete that is refused does not say what came of the creation.

    [Fact]
    public void A_mutated_answer_is_taken_or_refused() =>
        StructuredMutation.Check(s_answers, sizeof(int) + NetlinkHeader.Size, datagram => Attempt(datagram));

    [Fact]
    public void A_cut_answer_is_taken_or_refused() =>
        StructuredMutation.Cut(s_answers, sizeof(int) + NetlinkHeader.Size, datagram => Attempt(datagram));

    // The error number in the end, or 0.
    private static int Attempt(byte[] answer)
    {
        var connections = Some(1);
        var kernel = new ScriptedChannel(s_room, _ => [new(ReceiveStatus.Datagram, answer)])
        {
            Otherwise = static request => Type(request[0]) == Read ? s_notFound(request) : Answer(0, Errno.EEXIST)(request),
        };
        using var rehomer = new ConntrackRehomer(kernel);
        try
        {
            rehomer.Rehome(connections);
            return connections[0].Errno;
        }
        catch (NetlinkException e)
        {
            Assert.NotEmpty(e.Message);
            return e.Errno;
        }
    }

    private static ScriptedChannel Rehome(IReadOnlyList<Rehoming> connections, params Script[] script)
    {
        var kernel = new ScriptedChannel(script);
        using (var rehomer = new ConntrackRehomer(kernel))
            rehomer.Rehome(connections);
        Assert.True(kernel.IsDisposed);
        return kernel;
    }

    private static int Number(int index) => 3000 + index;

    private static Rehoming[] Some(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Connections.Masqueraded().WithNumber(Number(i)).ToRehoming())];

    // Answers deletes that are refused and every creation; those of one pair only, or of all.
    private static Script Answer(int delete, int create, int? only = null) => request => request
        .Select((message, i) => (Message: message, IsDelete: Type(message) == Delete, IsMeant: only is null || only == i / 2))
        .Where(m => !m.IsDelete || (m.IsMeant && delete != 0))
        .Select(m => (ScriptedChannel.Received)KernelMessage.Error(m.Message, !m.IsMeant ? 0 : m.IsDelete ? delete : create));

    private static Script Found(byte[] entry) => request =>
    [
        KernelMessage.Readdressed(entry, ScriptedChannel.SequenceOf(request[0])), KernelMessage.Error(request[0], 0),
    ];

    private static Script Room(int entries, int maximum)
    {
        var statistics = MessageNode.Parse(Recording.Messages("ct/stats.hex")[0], NfGenMessage.Size)[0];
        statistics.Attribute(CtNetlink.CTA_STATS_GLOBAL_ENTRIES).Value = BigEndian(entries);
        statistics.Attribute(CtNetlink.CTA_STATS_GLOBAL_MAX_ENTRIES).Value = BigEndian(maximum);
        return Found(statistics.ToArray());
    }

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static ushort Type(byte[] message) => MemoryMarshal.Read<NetlinkHeader>(message).Type;

    private static ConntrackTuple Original(byte[] message)
    {
        var reader = new MessageReader(message);
        Assert.True(reader.Read());
        var attributes = reader.Attributes(NfGenMessage.Size);
        Assert.True(attributes.Read());
        return ConntrackTuple.Read(in attributes);
    }

    private static void Swap(AttributeNode a, AttributeNode b) => (a.Type, b.Type) = (b.Type, a.Type);
}
