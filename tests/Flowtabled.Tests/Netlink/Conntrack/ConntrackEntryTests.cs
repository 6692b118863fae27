using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>Connections as the kernel sent them to conntrack; in a running kernel Flowtabled.KernelTests compares them with conntrack's own words.</summary>
public class ConntrackEntryTests
{
    private static readonly List<ConntrackEntry> s_entries = Connections.Recorded("ct/dump.hex");

    [Fact]
    public void Each_direction_is_read() => Assert.Equal(
        [
            "1 192.0.2.1:77 > 198.51.100.2:2048, back 198.51.100.2:77 > 192.0.2.1:0",
            "17 192.0.2.1:53 > 198.51.100.2:53 zone 8, back 198.51.100.2:53 > 192.0.2.1:53",
            "17 192.0.2.1:54 > 198.51.100.2:53, back 198.51.100.2:53 > 192.0.2.1:54 zone 9",
            "17 2001:db8::1:1 > 2001:db8:1::2:65535 zone 7, back 2001:db8:1::2:65535 > 2001:db8::1:1 zone 7",
            "47 192.0.2.1:1 > 198.51.100.2:43981, back 198.51.100.2:43981 > 192.0.2.1:1",
            "58 2001:db8::1:78 > 2001:db8:1::2:32768, back 2001:db8:1::2:78 > 2001:db8::1:33024",
            "6 192.0.2.1:1234 > 198.51.100.2:80, back 198.51.100.2:80 > 192.0.2.1:1234",
            "6 192.0.2.1:1235 > 198.51.100.2:80, back 198.51.100.2:80 > 192.0.2.1:1235",
            "6 192.0.2.1:1236 > 198.51.100.2:443, back 198.51.100.2:443 > 203.0.113.9:50000",
            "99 192.0.2.1:0 > 198.51.100.2:0, back 198.51.100.2:0 > 192.0.2.1:0",
        ],
        s_entries.Select(e => $"{e.Original.Protocol} {Print(e.Original)}, back {Print(e.Reply)}").Order(StringComparer.Ordinal));

    [Fact]
    public void Status_mark_and_id_are_read()
    {
        var marked = s_entries.Single(e => e.Mark != 0);
        var translated = s_entries.Single(e => e.Status.HasFlag(ConntrackStatus.SourceNat));

        Assert.Equal(0xfffffff5, marked.Mark);
        Assert.Equal(ConntrackStatus.Assured | ConntrackStatus.SeenReply | ConntrackStatus.Confirmed, Known(marked));
        Assert.Equal(1236, translated.Original.SourcePort);
        Assert.Equal(s_entries.Count, s_entries.Select(e => e.Id).Distinct().Count());
        Assert.DoesNotContain(s_entries, e => e.IsOffloaded || e.IsInHardware);
    }

    [Fact]
    public void Without_accounting_counters_are_not_measured() =>
        Assert.All(s_entries, e => Assert.True(e.OriginalCounters is null && e.ReplyCounters is null));

    [Fact]
    public void An_offloaded_connection_is_told_from_others()
    {
        var entries = Connections.Recorded("ct/offloaded.hex");

        var offloaded = Assert.Single(entries, e => e.IsOffloaded);
        Assert.Equal(5001, offloaded.Original.DestinationPort);
        Assert.False(offloaded.IsInHardware);
        Assert.Equal(new ConntrackCounters(5, 5 * 228), offloaded.OriginalCounters);
        Assert.Equal(new ConntrackCounters(5, 5 * 228), offloaded.ReplyCounters);
        Assert.Equal(5002, Assert.Single(entries, e => !e.IsOffloaded).Original.DestinationPort);
    }

    [Fact]
    public void A_connection_in_a_flowtable_tells_neither_timeout_nor_state()
    {
        var entries = Connections.Recorded("ct/offloaded.hex");
        var offloaded = entries.Single(e => e.IsOffloaded);
        var other = entries.Single(e => !e.IsOffloaded);

        Assert.Equal((null, null, 2u), (offloaded.Timeout, offloaded.TcpState, offloaded.Use));
        Assert.Equal((29u, null, 1u), (other.Timeout, other.TcpState, other.Use));
    }

    [Fact]
    public void When_a_connection_began_is_read_where_the_kernel_tells()
    {
        var began = Connections.Recorded("ct/offloaded.hex").ConvertAll(e => e.Start);

        Assert.All(began, start => Assert.Equal(2026, DateTime.UnixEpoch.AddTicks((long)(start!.Value / 100)).Year));
        Assert.All(s_entries, e => Assert.Null(e.Start));
    }

    [Fact]
    public void The_helper_is_named()
    {
        var entries = Connections.Recorded("ct/bonds.hex");

        Assert.Equal(["", "", "ftp"], entries.Select(e => e.Helper.ToString()).Order());
        Assert.Equal(2, entries.Count(e => e.Helper.IsEmpty));
    }

    [Theory]
    [InlineData("RAS")]
    [InlineData("fifteen-of-them")]
    [InlineData("sixteen-of-them-")]
    public void A_helper_has_up_to_16_bytes(string name) =>
        Assert.Equal(name, Assert.Single(Connections.ReadAll([WithHelper(name)])).Helper.ToString());

    [Fact]
    public void A_helper_of_more_is_refused()
    {
        var refusal = Assert.Throws<NetlinkFormatException>(() => Connections.ReadAll([WithHelper("seventeen-of-them")]));

        Assert.Equal((ushort)CtNetlink.CTA_HELP_NAME, refusal.AttributeType);
    }

    [Fact]
    public void What_ties_a_connection_is_read()
    {
        var entries = Connections.Recorded("ct/bonds.hex");
        var control = entries.Single(e => e.Original.DestinationPort == 21);
        var data = entries.Single(e => e.Original.DestinationPort == 40006);
        var plain = entries.Single(e => e.Original.DestinationPort == 5003);

        Assert.Equal((ConntrackBond.Helper | ConntrackBond.SequenceAdjustment, ConntrackTcpState.Close), (control.Bonds, control.TcpState));
        Assert.Equal((ConntrackBond.Master, ConntrackTcpState.Established), (data.Bonds, data.TcpState));
        Assert.Equal((ConntrackBond.None, ConntrackTcpState.Established), (plain.Bonds, plain.TcpState));
        Assert.Equal((0x10203u, UInt128.One << 3 | UInt128.One << 127), (plain.Mark, plain.Labels));
        Assert.True(control.Labels == 0 && data.Labels == 0);
    }

    [Theory]
    [InlineData(0, 0, 0, ConntrackBond.None)] // as in every entry that ctnetlink made
    [InlineData(1, 0, 0, ConntrackBond.Synproxy)]
    [InlineData(0, 1, 0, ConntrackBond.Synproxy)]
    [InlineData(0, 0, 1, ConntrackBond.Synproxy)]
    public void A_synproxy_without_numbers_is_none(byte isn, byte its, byte offset, ConntrackBond expected)
    {
        var message = Parsed(0);
        message.Attributes.Add(new AttributeNode(CtNetlink.CTA_SYNPROXY | NetlinkUapi.NLA_F_NESTED, [], [
            new(CtNetlink.CTA_SYNPROXY_ISN, [isn, 0, 0, 0], null),
            new(CtNetlink.CTA_SYNPROXY_ITS, [0, its, 0, 0], null),
            new(CtNetlink.CTA_SYNPROXY_TSOFF, [0, 0, 0, offset], null),
        ]));

        Assert.Equal(expected, Assert.Single(Connections.ReadAll([message.ToArray()])).Bonds);
    }

    [Fact]
    public void A_label_of_a_security_module_is_seen()
    {
        var message = Parsed(0);
        message.Attributes.Add(new AttributeNode(CtNetlink.CTA_SECCTX | NetlinkUapi.NLA_F_NESTED, [], [new(1, [.. "unconfined_u\0"u8], null)]));

        Assert.Equal(ConntrackBond.SecurityContext, Assert.Single(Connections.ReadAll([message.ToArray()])).Bonds);
    }

    [Theory]
    [InlineData(0xc000u, true, true)]
    [InlineData(0x4000u, true, false)]
    [InlineData(0x8000u, false, false)] // the bit stays when the flow leaves the flowtable
    [InlineData(0u, false, false)]
    public void The_path_is_told_by_two_bits(uint status, bool offloaded, bool hardware)
    {
        var message = Parsed(0);
        var attribute = message.Attributes.Single(a => a.Type == CtNetlink.CTA_STATUS);
        attribute.Value = [0, 0, (byte)(status >> 8), (byte)status];

        var entry = Assert.Single(Connections.ReadAll([message.ToArray()]));

        Assert.Equal((offloaded, hardware), (entry.IsOffloaded, entry.IsInHardware));
    }

    [Fact]
    public void Tuples_may_be_laid_out_otherwise()
    {
        foreach (var message in All().Select(m => MessageNode.Parse(m, NfGenMessage.Size)[0]))
        {
            var expected = Assert.Single(Connections.ReadAll([message.ToArray()]));
            foreach (var tuple in message.Attributes.Where(a => (a.Type & NetlinkUapi.NLA_TYPE_MASK) is CtNetlink.CTA_TUPLE_ORIG or CtNetlink.CTA_TUPLE_REPLY))
            {
                tuple.Children!.Reverse();
                tuple.Children.ForEach(part => part.Children?.Reverse());
            }

            var entry = Assert.Single(Connections.ReadAll([message.ToArray()]));

            Assert.Equal((expected.Original, expected.Reply), (entry.Original, entry.Reply));
        }
    }

    [Theory]
    [InlineData(CtNetlink.CTA_TUPLE_ORIG)]
    [InlineData(CtNetlink.CTA_TUPLE_REPLY)]
    [InlineData(CtNetlink.CTA_STATUS)]
    public void A_connection_that_lacks_what_every_one_has_is_refused(int type)
    {
        var message = Parsed(0);
        Assert.Equal(1, message.Attributes.RemoveAll(a => (a.Type & NetlinkUapi.NLA_TYPE_MASK) == type));

        Assert.Throws<NetlinkFormatException>(() => Connections.ReadAll([message.ToArray()]));
    }

    [Theory]
    [InlineData(CtNetlink.CTA_TUPLE_IP)]
    [InlineData(CtNetlink.CTA_TUPLE_PROTO)]
    public void A_tuple_that_lacks_a_part_is_refused(int type)
    {
        var message = Parsed(0);
        var tuple = message.Attributes.Single(a => (a.Type & NetlinkUapi.NLA_TYPE_MASK) == CtNetlink.CTA_TUPLE_REPLY);
        Assert.Equal(1, tuple.Children!.RemoveAll(a => (a.Type & NetlinkUapi.NLA_TYPE_MASK) == type));

        var refusal = Assert.Throws<NetlinkFormatException>(() => Connections.ReadAll([message.ToArray()]));

        Assert.Equal((ushort)CtNetlink.CTA_TUPLE_REPLY, refusal.AttributeType);
    }

    [Fact]
    public void Addresses_of_two_families_are_refused()
    {
        var message = Parsed(0);
        foreach (var address in message.AllAttributes.Where(a => a.Type == CtNetlink.CTA_IP_V4_DST && a.Value.Length == 4))
            (address.Type, address.Value) = (CtNetlink.CTA_IP_V6_DST, new byte[16]);

        Assert.Throws<NetlinkFormatException>(() => Connections.ReadAll([message.ToArray()]));
    }

    [Fact]
    public void A_mutated_connection_is_read_or_refused() => StructuredMutation.Check(All(), NfGenMessage.Size, datagram => Connections.ReadAll([datagram]));

    [Fact]
    public void A_cut_connection_is_read_or_refused() => StructuredMutation.Cut(All(), NfGenMessage.Size, datagram => Connections.ReadAll([datagram]));

    private static byte[][] All() =>
    [
        .. Recording.Messages("ct/dump.hex"), .. Recording.Messages("ct/offloaded.hex"), .. Recording.Messages("ct/insert.hex"),
        .. Recording.Messages("ct/bonds.hex"), .. Recording.Messages("ct/events.hex"),
    ];

    private static byte[] WithHelper(string name)
    {
        var message = Parsed(0);
        message.Attributes.Add(new AttributeNode(CtNetlink.CTA_HELP | NetlinkUapi.NLA_F_NESTED, [], [
            new(CtNetlink.CTA_HELP_NAME, [.. System.Text.Encoding.ASCII.GetBytes(name), 0], null),
        ]));
        return message.ToArray();
    }

    private static MessageNode Parsed(int index) => MessageNode.Parse(Recording.Messages("ct/offloaded.hex")[index], NfGenMessage.Size)[0];

    // IPS_SRC_NAT_DONE and IPS_DST_NAT_DONE have no names.
    private static ConntrackStatus Known(ConntrackEntry entry) => entry.Status & (ConntrackStatus)0x7f;

    private static string Print(ConntrackTuple tuple) =>
        $"{tuple.Source}:{tuple.SourcePort} > {tuple.Destination}:{tuple.DestinationPort}" + (tuple.Zone == 0 ? "" : $" zone {tuple.Zone}");
}
