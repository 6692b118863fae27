using Flowtabled.Cli;
using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Tests.Netlink.Conntrack;

namespace Flowtabled.Tests.Flows;

/// <summary>Lists of connections that a kernel sent, and how they are printed.</summary>
public sealed class ConnectionListTests
{
    [Fact]
    public void Every_connection_counts_and_the_chosen_are_kept()
    {
        var list = Read("ct/offloaded.hex", new ConnectionChoice { Path = FlowPath.Software });

        Assert.Equal(5001, Assert.Single(list.Connections).Entry.Original.DestinationPort);
        Assert.Equal((1, 10ul, 2280ul), (list.Totals[FlowPath.Software].Flows, list.Totals[FlowPath.Software].Packets, list.Totals[FlowPath.Software].Bytes));
        Assert.Equal(1, list.Totals[FlowPath.Slow].Flows);
        Assert.Equal(0, list.Totals[FlowPath.Hardware].Flows);
    }

    [Theory]
    [InlineData("203.0.113.9", 1)]
    [InlineData("2001:db8::1", 2)]
    [InlineData("192.0.2.99", 0)]
    public void A_host_is_either_end_before_or_after_translation(string host, int expected)
        => Assert.Equal(expected, Read("ct/dump.hex", new ConnectionChoice { Host = Address(host) }).Chosen);

    [Theory]
    [InlineData(443, 1)]
    [InlineData(50000, 1)] // of a translation
    [InlineData(53, 2)]
    [InlineData(77, 0)] // an ICMP id
    public void A_port_is_none_of_a_protocol_without(int port, int expected)
        => Assert.Equal(expected, Read("ct/dump.hex", new ConnectionChoice { Port = (ushort)port }).Chosen);

    [Fact]
    public void An_id_is_one_connection()
    {
        var all = Read("ct/dump.hex", new ConnectionChoice());
        var id = all.Connections[3].Entry.Id;

        Assert.Equal(id, Assert.Single(Read("ct/dump.hex", new ConnectionChoice { Id = id }).Connections).Entry.Id);
    }

    [Fact]
    public void Of_more_than_the_limit_the_first_are_kept()
    {
        var list = Read("ct/dump.hex", new ConnectionChoice(), limit: 2);

        Assert.Equal(["1234", "1235"], list.Connections.Select(static c => $"{c.Entry.Original.SourcePort}"));
        Assert.Equal(10, list.Chosen);
        Assert.Equal((10, 10, false), (list.Totals[FlowPath.Slow].Flows, list.Totals[FlowPath.Slow].Unmeasured, list.Totals[FlowPath.Slow].IsMeasured));
    }

    /// <summary>What is not known of a connection makes it the last.</summary>
    [Theory]
    [InlineData("Bytes", "40003 40002 40001 443")]
    [InlineData("Rate", "40002 40003 40001 443")]
    [InlineData("Age", "40003 40001 40002 443")]
    public void The_first_are_those_of_the_order(string order, string expected)
    {
        var earlier = new EarlierBytes();
        foreach (var entry in Three(0, 0, 5_000_000_000))
            earlier.Handle(in entry);
        var list = new ConnectionList(new ConnectionChoice(), 4, FlowsCommand.Comparison(Enum.Parse<FlowOrder>(order)), null) { Earlier = earlier };
        var uncounted = Connections.Recorded("ct/dump.hex").First(static entry => entry.Original.DestinationPort == 443);
        list.Handle(in uncounted);
        foreach (var entry in Three(10, 1_000_000_000, 5_001_000_000)) // So far apart that it does not matter when each is looked at.
            list.Handle(in entry);

        Assert.Equal(expected, string.Join(' ', list.Connections.Select(
            static c => c.Entry.Original.DestinationPort == 443 ? 443 : c.Entry.Original.SourcePort)));

        static ConntrackEntry[] Three(ulong first, ulong second, ulong third) =>
            [Connections.Sent(1, first, start: 200), Connections.Sent(2, second, start: 300), Connections.Sent(3, third, start: 100)];
    }

    [Fact]
    public void A_dump_that_begins_again_counts_once()
    {
        var list = new ConnectionList(new ConnectionChoice(), 100, ByPort, null);
        Feed(list, "ct/offloaded.hex");
        list.Restart();
        Feed(list, "ct/offloaded.hex");

        Assert.Equal((2, 2, 1), (list.Chosen, list.Connections.Count, list.Totals[FlowPath.Software].Flows));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(119)]
    [InlineData(120)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int columns)
    {
        var list = Read("ct/dump.hex", new ConnectionChoice());
        var output = new StringWriter();
        FlowsText.Write(output, new FlowListing(list.Totals, list.Connections, list.Chosen, HasRates: true), columns);

        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, columns));
        Assert.Contains("slow  10 flows (100 %), bytes not measured\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(columns >= 120, output.ToString().Contains("never offloaded", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_in_80_columns()
    {
        var list = Read("ct/offloaded.hex", new ConnectionChoice { Path = FlowPath.Software });
        var output = new StringWriter();
        FlowsText.Write(output, new FlowListing(list.Totals, list.Connections, list.Chosen + 2, HasRates: false), 80);

        Assert.Contains("\nsw    1 flow (50 %), 2.28kB", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"\npath  proto  from +to +out +in\n", output.ToString());
        Assert.Matches(@"\nsw    (tcp|udp)    \S+:\d+ +\S+:5001 +1.14k  1.14k\nand 2 more\n\z", output.ToString());
    }

    [Theory]
    [InlineData(null, "-")]
    [InlineData(0ul, "0")]
    [InlineData(999ul, "999")]
    [InlineData(1000ul, "1.00k")]
    [InlineData(9_994ul, "9.99k")]
    [InlineData(9_999ul, "10.0k")]
    [InlineData(99_999ul, "100k")]
    [InlineData(999_499ul, "999k")]
    [InlineData(999_999ul, "1.00M")]
    [InlineData(ulong.MaxValue, "18.4E")]
    public void Numbers_have_three_digits(ulong? number, string expected) => Assert.Equal(expected, FlowsText.Number(number));

    [Fact]
    public void A_rate_counts_what_came_since()
    {
        var earlier = new EarlierBytes();
        foreach (var entry in Connections.Recorded("ct/offloaded.hex"))
            earlier.Handle(in entry);

        Assert.All(Connections.Recorded("ct/offloaded.hex"), entry => Assert.Equal(0ul, earlier.RateOf(in entry)));
        Assert.All(Connections.Recorded("ct/dump.hex"), entry => Assert.Null(earlier.RateOf(in entry)));
        earlier.Restart();
        Assert.All(Connections.Recorded("ct/offloaded.hex"), entry => Assert.True(earlier.RateOf(in entry) > 0));
    }

    private static ConnectionList Read(string fixture, ConnectionChoice choice, int limit = 100)
    {
        var list = new ConnectionList(choice, limit, ByPort, null);
        Feed(list, fixture);
        return list;
    }

    private static void Feed(ConnectionList list, string fixture)
    {
        foreach (var entry in Connections.Recorded(fixture))
            list.Handle(in entry);
    }

    // TCP first, then by source port.
    private static int ByPort(Connection left, Connection right) => Rank(left).CompareTo(Rank(right));

    private static int Rank(Connection connection) =>
        (connection.Entry.Original.Protocol == 6 ? 0 : 0x10000) + connection.Entry.Original.SourcePort;

    private static InetAddress Address(string text) => InetAddress.FromBytes(System.Net.IPAddress.Parse(text).GetAddressBytes());
}
