using System.Buffers;
using System.Text.Json;
using Flowtabled.Daemon.Bus;
using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Topology;
using Flowtabled.Flows;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;
using Flowtabled.Tests.Netlink.Conntrack;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Daemon.Watch;

/// <summary>Answers about connections that a kernel sent.</summary>
public sealed class FlowInquiryTests : IDisposable
{
    private readonly WatchTable _table = new(256);
    private readonly RouteClient _route = RouteClient.Open();
    private readonly WatchPlaces _places;

    public FlowInquiryTests() => _places = new WatchPlaces(_table, new ConnectionPlaces(_route, new DeviceGraph([]), null, true));

    public void Dispose() => _route.Dispose();

    [Theory]
    [InlineData("Bytes")]
    [InlineData("Rate")]
    [InlineData("Age")]
    public void Pages_have_every_connection_once(string order)
    {
        var keys = new List<string>();
        FlowRank? after = null;
        do
        {
            var page = Read(new FlowQuestion(1, false, 3) { Order = Enum.Parse<FlowOrder>(order), After = after }).Flows!;
            Assert.Equal((10, 10), (page.Chosen, page.Totals[FlowPath.Slow].Flows));
            keys.AddRange(page.Connections.Select(connection => $"{connection.Entry.Original}"));
            after = page.Cursor is null ? null : FlowRank.Parse(page.Cursor);
        }
        while (after is not null);

        Assert.Equal(10, keys.Count);
        Assert.Equal(10, keys.Distinct().Count());
    }

    /// <summary>None of the orders is that in which the kernel lists them.</summary>
    [Theory]
    [InlineData("Bytes", "40003 40002 40001")]
    [InlineData("Rate", "40002 40003 40001")]
    [InlineData("Age", "40003 40001 40002")]
    public void What_comes_first_is_as_it_was_asked(string order, string expected)
    {
        var question = new FlowQuestion(1, false, 9) { Order = Enum.Parse<FlowOrder>(order) };
        _table.BeginRound(1000);
        Read(question, Three(100, 1000, 8900));
        _table.BeginRound(2000);

        var page = Read(question, Three(100, 5000, 9000)).Flows!;

        Assert.Equal(expected, string.Join(' ', page.Connections.Select(static connection => connection.Entry.Original.SourcePort)));
    }

    [Fact]
    public void Filters_choose()
    {
        Assert.Equal(2, Read(new FlowQuestion(1, false, 9) { Choice = new ConnectionChoice { Port = 53 } }).Flows!.Chosen);
        Assert.Equal(0, Read(new FlowQuestion(1, false, 9) { Choice = new ConnectionChoice { Path = FlowPath.Hardware } }).Flows!.Chosen);
        Assert.Equal(0, Read(new FlowQuestion(1, false, 9) { Choice = new ConnectionChoice { Zone = "lan" } }).Flows!.Chosen);
    }

    [Fact]
    public void Bytes_of_an_entry_before_the_present_one_count()
    {
        var before = Read(new FlowQuestion(1, false, 9), "ct/offloaded.hex").Flows!;
        foreach (var connection in before.Connections)
            _table.End(Kernel(connection), connection.Entry.Id, new FlowTraffic(1000, 2_000_000, 500, 1_000_000));
        _table.BeginRound(1000);
        foreach (var connection in before.Connections)
        {
            _table.Observe(new WatchSample
            {
                Key = Kernel(connection),
                Id = connection.Entry.Id + 1,
                Path = connection.Path,
                Traffic = FlowInquiry.TrafficOf(in connection.Entry),
            });
        }

        _table.EndRound();
        var sums = Read(new FlowQuestion(1, true, 9), "ct/offloaded.hex", id: 1).Sums!;
        Assert.Equal((1, 2280ul + 3_000_000, 1510ul), (sums.Totals[FlowPath.Software].Flows, sums.Totals[FlowPath.Software].Bytes, sums.Totals[FlowPath.Software].Packets));
        Assert.Contains("\"bytes\":2001140", Json(FlowPageOf("ct/offloaded.hex")), StringComparison.Ordinal);

        static ulong Kernel(Connection connection) => Flowtabled.Kernel.ConnectionKey.Of(in connection.Entry.Original);
    }

    [Fact]
    public void Sums_are_ordered_and_hosts_limited()
    {
        var sums = Read(new FlowQuestion(1, true, 2)).Sums!;
        Assert.Equal(2, sums.Hosts.Length);
        Assert.Null(Assert.Single(sums.Devices).Name);
        Assert.Empty(sums.Zones);
        using var json = JsonDocument.Parse(Json(writer => SumsJson.Write(writer, sums)));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("devices")[0].GetProperty("bytes").ValueKind);

        var hosts = Read(new FlowQuestion(1, true, 3), Three(100, 5000, 9000)).Sums!.Hosts;
        Assert.Equal(["198.51.100.2", "192.0.2.3", "192.0.2.2"], hosts.Select(static host => host.Name));
    }

    [Fact]
    public void The_longest_page_is_below_a_quarter_of_the_longest_message()
    {
        var entry = Connections.Recorded("ct/dump.hex").First(static entry => entry.Original.Source.IsV6);
        var end = new ConnectionEnd("0123456789abcde", [new string('z', 64), new string('y', 64)], FlowEnd.Inside);
        var connections = new List<Connection>();
        for (var i = 0; i < FlowCalls.MaxLimit; i++)
        {
            connections.Add(new Connection(in entry)
            {
                Client = end,
                Server = end,
                Rate = ulong.MaxValue,
                History = new ConnectionHistory(new FlowTraffic(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue), long.MaxValue, int.MaxValue),
            });
        }

        var buffer = new BlobBuffer();
        var listing = new FlowListing(new PathTotals(), connections, 1, true) { IsWatched = true, Cursor = new FlowRank(1, 1).ToString() };
        BlobJson.Add(new BlobWriter(buffer), System.Text.Encoding.UTF8.GetBytes(Json(writer => FlowsJson.Write(writer, listing))));
        Assert.InRange(buffer.Written.Length, 1, (1 << 20) / 4);
    }

    private Action<Utf8JsonWriter> FlowPageOf(string fixture)
    {
        var listing = Read(new FlowQuestion(1, false, 9), fixture, id: 1).Flows!;
        return writer => FlowsJson.Write(writer, listing);
    }

    private FlowAnswer Read(FlowQuestion question, string fixture = "ct/dump.hex", uint id = 0) => Read(question, Connections.Recorded(fixture), id);

    // One round over what a kernel sent.
    private FlowAnswer Read(FlowQuestion question, List<ConntrackEntry> entries, uint id = 0)
    {
        FlowInquiry inquiry = question.IsForTotals ? new FlowTally(question, _table) { Watch = new(0, 0, 0, default, default, default) } : new FlowPage(question, _table);
        inquiry.Restart();
        foreach (var entry in entries)
        {
            var key = Flowtabled.Kernel.ConnectionKey.Of(in entry.Original);
            var sample = new WatchSample { Key = key, Id = entry.Id + id, Path = Connection.PathOf(in entry), Traffic = FlowInquiry.TrafficOf(in entry) };
            inquiry.Take(in entry, key, _table.Observe(in sample), _places);
        }

        _table.EndRound();
        return inquiry.Answer(_places, 0);
    }

    // Connections from 192.0.2.1, port 40001, and so on, which have sent that many bytes. The third is the oldest, the second the youngest.
    private static List<ConntrackEntry> Three(params ulong[] bytes) =>
    [
        Connections.Sent(1, bytes[0], start: 200),
        Connections.Sent(2, bytes[1], start: 300),
        Connections.Sent(3, bytes[2], start: 100),
    ];

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
