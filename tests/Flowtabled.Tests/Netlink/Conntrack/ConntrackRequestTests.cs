using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>
/// What we ask in order to make each of the recorded entries anew against what conntrack asked when it made them.
/// </summary>
public class ConntrackRequestTests
{
    private static readonly ConntrackTimeouts s_timeouts = new(7440, 180);
    private static readonly IReadOnlyList<byte[]> s_inserted = Recording.Messages("ct/insert.sent.hex");
    private static readonly IReadOnlyList<byte[]> s_entries = Recording.Messages("ct/insert.hex");
    private static readonly byte[][] s_deleted = [.. Recording.Messages("ct/delete.sent.hex").Where(message => message.Length > 20)];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, s_entries.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void An_entry_is_asked_for_as_conntrack_did(int number)
    {
        var ours = Parse(Create(s_entries[number]));
        var theirs = Parse(s_inserted[number]);

        Assert.Equal(theirs.Type, ours.Type);
        Assert.Equal(theirs.FixedHeader, ours.FixedHeader);
        Assert.Equal(NetlinkUapi.NLM_F_REQUEST | NetlinkUapi.NLM_F_ACK | NetlinkUapi.NLM_F_CREATE | NetlinkUapi.NLM_F_EXCL, ours.Flags);
        int[] identical =
        [
            CtNetlink.CTA_TUPLE_ORIG, CtNetlink.CTA_TUPLE_REPLY, CtNetlink.CTA_STATUS, CtNetlink.CTA_MARK, CtNetlink.CTA_ZONE,
        ];
        Assert.All(identical, type => Assert.Equal(Bytes(theirs, type), Bytes(ours, type)));
        Assert.All([CtNetlink.CTA_NAT_SRC, CtNetlink.CTA_NAT_DST], type => Assert.Equal(Translation(theirs, type), Bytes(ours, type)));
        Assert.Empty(ours.Attributes.Select(Type).Except([.. theirs.Attributes.Select(Type), CtNetlink.CTA_NAT_SRC, CtNetlink.CTA_NAT_DST]));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void An_entry_is_found_as_conntrack_finds_it(int number)
    {
        var entry = Connections.Read(s_entries[number]);
        var original = entry.Original;
        var buffer = new MessageBuffer();
        ConntrackRequest.WriteDelete(new MessageWriter(buffer), 7, in original, entry.Id);

        var ours = Parse(buffer.Written);
        var theirs = Parse(s_deleted[number]);
        Assert.Equal(theirs.Type, ours.Type);
        Assert.Equal(theirs.FixedHeader, ours.FixedHeader);
        Assert.Equal(NetlinkUapi.NLM_F_REQUEST, ours.Flags);
        Assert.Equal(Bytes(Parse(s_entries[number]), CtNetlink.CTA_ID), Bytes(ours, CtNetlink.CTA_ID));
        if (entry.Original.Zone == entry.Reply.Zone)
        {
            Assert.All([CtNetlink.CTA_TUPLE_ORIG, CtNetlink.CTA_ZONE], type => Assert.Equal(Bytes(theirs, type), Bytes(ours, type)));
            return;
        }

        // The zone of the tuple that is looked for, wherever it stands.
        Assert.Equal(entry.Original.Zone == 0 ? "" : $"06001200{entry.Original.Zone:x4}0000", Bytes(ours, CtNetlink.CTA_ZONE));
    }

    [Fact]
    public void A_tuple_is_written_as_the_kernel_does_it()
    {
        var kinds = new HashSet<byte>();
        foreach (var message in Recording.Messages("ct/dump.hex").Where(static message => message.Length > 20))
        {
            var entry = Connections.Read(message);
            var original = entry.Original;
            if (original.Protocol == 99)
                continue; // The kernel has nothing to say of its ends, and does not look at what we say.
            var buffer = new MessageBuffer();
            var writer = new MessageWriter(buffer);
            var begun = writer.Begin(ConntrackRequest.DeleteType, 0, 7, new NfGenMessage(original.Family));
            original.Write(writer, CtNetlink.CTA_TUPLE_ORIG, withZone: entry.Original.Zone != entry.Reply.Zone);
            writer.End(begun);
            Assert.Equal(Bytes(Parse(message), CtNetlink.CTA_TUPLE_ORIG), Bytes(Parse(buffer.Written), CtNetlink.CTA_TUPLE_ORIG));
            kinds.Add(original.Protocol);
        }

        Assert.Equal((byte[])[1, 6, 17, 47, 58], kinds.Order());
    }

    [Fact]
    public void A_connection_of_a_flowtable_gets_the_timeout_that_it_did_not_tell()
    {
        Assert.Equal("0800070000001d10", Bytes(Parse(Create(Without(Connections.Masqueraded(), CtNetlink.CTA_TIMEOUT))), CtNetlink.CTA_TIMEOUT));
        var offloaded = Recording.Messages("ct/offloaded.hex")[0];
        Assert.Equal("08000700000000b4", Bytes(Parse(Create(offloaded)), CtNetlink.CTA_TIMEOUT));
    }

    [Fact]
    public void TCP_is_established_and_its_window_is_not_checked()
    {
        // State 3 (ESTABLISHED), both directions with flag 8 (be liberal) under mask 8.
        const string expected = "2000048" + "01c000180" + "0500010003000000" + "0600040008080000" + "0600050008080000";

        Assert.Equal(expected, Bytes(Parse(Create(s_entries[0])), CtNetlink.CTA_PROTOINFO));
        Assert.Equal("", Bytes(Parse(Create(s_entries[^1])), CtNetlink.CTA_PROTOINFO));
    }

    [Fact]
    public void Mark_and_labels_are_taken_along()
    {
        var message = Recording.Messages("ct/bonds.hex").Single(m => Connections.Read(m).Labels != 0);

        var ours = Parse(Create(message));

        Assert.Equal(Bytes(Parse(message), CtNetlink.CTA_MARK), Bytes(ours, CtNetlink.CTA_MARK));
        Assert.Equal("14001600" + "08000000000000000000000000000080", Bytes(ours, CtNetlink.CTA_LABELS));
    }

    [Fact]
    public void Of_the_status_only_what_user_space_may_say_is_said()
    {
        var everything = Connections.Masqueraded().WithStatus((ConntrackStatus)0xffffffff);

        Assert.Equal("080003000000040e", Bytes(Parse(Create(everything.ToArray())), CtNetlink.CTA_STATUS));
    }

    private static byte[] Create(byte[] entry)
    {
        var read = Connections.Read(entry);
        var buffer = new MessageBuffer();
        ConntrackRequest.WriteCreate(new MessageWriter(buffer), 7, new Rehoming(in read), s_timeouts);
        Assert.Equal(7u, MemoryMarshal.Read<NetlinkHeader>(buffer.Written).Sequence);
        return buffer.Written.ToArray();
    }

    private static byte[] Without(MessageNode message, int type)
    {
        Assert.Equal(1, message.Attributes.RemoveAll(a => Type(a) == type));
        return message.ToArray();
    }

    private static MessageNode Parse(ReadOnlySpan<byte> message) => Assert.Single(MessageNode.Parse(message, NfGenMessage.Size));

    private static int Type(AttributeNode attribute) => attribute.Type & NetlinkUapi.NLA_TYPE_MASK;

    // What conntrack says; an end that stays it leaves out where the other is translated, and we do not.
    private static string Translation(MessageNode theirs, int type)
    {
        var isTranslated = Bytes(theirs, CtNetlink.CTA_NAT_SRC) + Bytes(theirs, CtNetlink.CTA_NAT_DST) != "";
        return Bytes(theirs, type) is "" && isTranslated ? Unchanged(theirs, type) : Bytes(theirs, type);
    }

    private static string Bytes(MessageNode message, int type)
    {
        var bytes = new List<byte>();
        message.Attributes.Find(a => Type(a) == type)?.Write(bytes);
        return Convert.ToHexStringLower([.. bytes]);
    }

    // The end of the connection as it is, in the place of the one that it is translated to.
    private static string Unchanged(MessageNode message, int type)
    {
        var tuple = message.Attribute(CtNetlink.CTA_TUPLE_ORIG);
        var isSource = type == CtNetlink.CTA_NAT_SRC;
        byte[] Value(int nest, int part) => tuple.Children!.Single(a => Type(a) == nest).Children!.Single(a => Type(a) == part).Value;
        var port = Value(CtNetlink.CTA_TUPLE_PROTO, isSource ? CtNetlink.CTA_PROTO_SRC_PORT : CtNetlink.CTA_PROTO_DST_PORT);
        var address = Value(CtNetlink.CTA_TUPLE_IP, isSource ? CtNetlink.CTA_IP_V4_SRC : CtNetlink.CTA_IP_V4_DST);
        const ushort nested = NetlinkUapi.NLA_F_NESTED;
        var range = new AttributeNode((ushort)(type | nested), [], [
            new(CtNetlink.CTA_NAT_V4_MINIP, address, null),
            new(CtNetlink.CTA_NAT_PROTO | nested, [], [
                new(CtNetlink.CTA_PROTONAT_PORT_MIN, port, null),
                new(CtNetlink.CTA_PROTONAT_PORT_MAX, port, null),
            ]),
        ]);
        var bytes = new List<byte>();
        range.Write(bytes);
        return Convert.ToHexStringLower([.. bytes]);
    }
}
