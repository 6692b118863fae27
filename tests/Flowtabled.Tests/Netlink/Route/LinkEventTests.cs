using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>Events as the kernel sent them to ip monitor and tc monitor.</summary>
public class LinkEventTests
{
    private static readonly byte[][] s_messages = [.. Recording.Messages("rt/link-events.hex"), .. Recording.Messages("rt/tc-events.hex")];

    [Fact]
    public void A_device_that_comes_and_goes_is_followed()
    {
        var all = s_messages.SelectMany(Decode).ToList();
        var states = all.Where(e => e.StartsWith("Changed") && e.Contains(" eth")).Select(e => e[e.IndexOf("eth", StringComparison.Ordinal)..]);

        // The kernel tells some states several times.
        Assert.Equal(["eth0 None", "eth0 Up", "eth0 None", "eth1 None", "eth1 Up", "eth1 None"], WithoutRepetitions(states));
        Assert.Single(all, e => e.StartsWith("Removed") && e.Contains(" eth1 "));
        Assert.Single(all, e => e.StartsWith("Removed") && e.Contains(" wan.7 "));
        Assert.Equal(2, all.Count(e => e.StartsWith("Removed")));
    }

    [Fact]
    public void What_a_bridge_says_of_its_ports_is_passed_over()
    {
        var ofBridges = s_messages.Where(m => m[4] is RtNetlink.RTM_NEWLINK or RtNetlink.RTM_DELLINK && m[NetlinkHeader.Size] == 7).ToList();

        Assert.Contains(ofBridges, m => m[4] == RtNetlink.RTM_DELLINK);
        Assert.All(ofBridges, m => Assert.Empty(Decode(m)));
    }

    [Theory]
    [InlineData(RtNetlink.RTM_NEWQDISC, 3)]
    [InlineData(RtNetlink.RTM_DELQDISC, 2)]
    public void Each_change_of_traffic_control_is_told(int type, int atLeast)
    {
        var messages = s_messages.Where(m => m[4] == type).ToList();

        Assert.InRange(messages.Count, atLeast, 10);
        Assert.All(messages, m => Assert.StartsWith("TrafficControlChanged", Assert.Single(Decode(m))));
    }

    [Theory]
    [InlineData(RtNetlink.RTM_NEWTFILTER)] // Shapers change many, and no device changes by one.
    [InlineData(RtNetlink.RTM_DELTFILTER)]
    [InlineData(88)] // RTM_NEWNSID
    public void Other_messages_are_passed_over(int type)
    {
        var others = s_messages.Where(m => m[4] == type).ToList();

        Assert.NotEmpty(others);
        Assert.All(others, m => Assert.Empty(Decode(m)));
    }

    [Theory]
    [InlineData("rt/link-events.hex", InterfaceInfoMessage.Size)]
    [InlineData("rt/tc-events.hex", TrafficControlMessage.Size)]
    public void A_mutated_event_is_read_or_refused(string fixture, int fixedSize) =>
        StructuredMutation.Check(OneOfEach(fixture), fixedSize, datagram => Decode(datagram));

    [Theory]
    [InlineData("rt/link-events.hex", InterfaceInfoMessage.Size)]
    [InlineData("rt/tc-events.hex", TrafficControlMessage.Size)]
    public void A_cut_event_is_read_or_refused(string fixture, int fixedSize) =>
        StructuredMutation.Cut(OneOfEach(fixture), fixedSize, datagram => Decode(datagram));

    // Of each type and family one; RTM_NEWNSID has a fixed header of another size.
    private static byte[][] OneOfEach(string fixture) =>
        [.. Recording.Messages(fixture).Where(m => Type(m) != 88).DistinctBy(m => (Type(m), m[NetlinkHeader.Size]))];

    private static ushort Type(byte[] message) => MemoryMarshal.Read<ushort>(message.AsSpan(4));

    private static IEnumerable<string> WithoutRepetitions(IEnumerable<string> events)
    {
        string? last = null;
        foreach (var item in events)
        {
            if (item != last)
                yield return last = item;
        }
    }

    private static List<string> Decode(byte[] datagram)
    {
        var events = new List<string>();
        var reader = new MessageReader(datagram);
        while (reader.Read())
        {
            if (LinkEvent.TryRead(in reader, out var change))
                events.Add($"{change.Kind} {change.Index} {Encoding.Latin1.GetString(change.Name)} {change.Flags & LinkFlags.Up}");
        }

        return events;
    }
}
