using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Ubus;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Connections as the daemon watches them, against conntrack's own list.</summary>
public sealed partial class WatchTests
{
    private const int States = 100;

    [Fact]
    public void Flows_are_where_conntrack_has_them()
    {
        using var router = new WatchedRouter("--nat");
        string[] kinds = [Topology.Server4, $"{Topology.Server4} --udp", Topology.Server6, $"{Topology.Server6} --udp"];
        var random = new Random(11);
        var running = new List<Traffic>();
        var (compared, seen) = (0, new HashSet<string>());
        try
        {
            for (var step = 0; compared < States; step++)
            {
                Assert.True(step < 3 * States, $"conntrack's list moved in {step - compared} of {step} steps");
                Change();
                Compare();
            }
        }
        finally
        {
            foreach (var traffic in running)
                traffic.Dispose();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', seen));
        Assert.Superset(new HashSet<string> { "tcp software", "udp software", "tcp slow", "udp slow", "tcp6 software", "udp6 software" }, seen);

        void Change()
        {
            switch (random.Next(4))
            {
                case 0 when running.Count > 0:
                    running[0].Dispose();
                    running.RemoveAt(0);
                    break;
                case 1:
                    Assert.Equal(UbusStatus.Ok, router.Try("set_exclude", """{"name":"test","devices":["lan"]}"""));
                    break;
                case 2:
                    Assert.Equal(UbusStatus.Ok, router.Try("set_exclude", """{"name":"test"}"""));
                    break;
                default:
                    if (running.Count == 6)
                        break;
                    var words = kinds[random.Next(kinds.Length)].Split(' ', 2);
                    running.Add(new Traffic(words[0], "--count 0 --rate 20 " + string.Join(' ', words[1..])));
                    running[^1].AwaitRunning();
                    break;
            }
        }

        // Only when nothing moved between two looks of conntrack's. A flowtable that changes lets flows go, and their next packets bring them back.
        void Compare()
        {
            var (passes, before) = (router.Daemon.Passes, Listed());
            var flows = router.Call("flows", """{"port":5001,"limit":200}""");
            if (!before.SequenceEqual(Listed()) || passes != router.Daemon.Passes)
                return;
            var ours = flows.GetProperty("flows").EnumerateArray().Select(Describe).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(before, ours);
            foreach (var line in before)
                seen.Add(string.Concat(line.Split(' ')[0], line.Contains("2001:", StringComparison.Ordinal) ? "6 " : " ", line.Split(' ')[^1]));
            compared++;
        }
    }

    [Fact]
    public void A_flow_is_noticed_within_the_idle_interval_and_leaves_likewise()
    {
        using var router = new WatchedRouter("");
        using (new RunningFlow())
        {
            Thread.Sleep(11_000);
            var flow = Assert.Single(router.Call("flows", """{"port":5001}""").GetProperty("flows").EnumerateArray());
            Assert.Equal("software", flow.GetProperty("path").GetString());
            Assert.InRange(flow.GetProperty("on_path_for").GetInt32(), 1, 11);
            Assert.True(flow.GetProperty("rate").GetInt64() > 0);
        }

        Topology.InRouter("conntrack", "-D", "-p", "udp");
        Assert.Empty(router.Call("flows", """{"port":5001}""").GetProperty("flows").EnumerateArray());
    }

    [Fact]
    public void Without_accounting_nothing_is_measured()
    {
        using var router = new WatchedRouter("", "\toption accounting '0'\n");
        using var flow = new RunningFlow();
        router.Call("flows");

        var totals = router.Call("totals");
        var shown = Assert.Single(router.Call("flows", """{"port":5001}""").GetProperty("flows").EnumerateArray());

        Assert.False(totals.GetProperty("accounting").GetBoolean());
        Assert.All(totals.GetProperty("totals").GetProperty("software").EnumerateObject().Skip(2), static member => Assert.Equal(JsonValueKind.Null, member.Value.ValueKind));
        Assert.All(totals.GetProperty("fell_out").EnumerateObject(), static member => Assert.Equal(JsonValueKind.Null, member.Value.ValueKind));
        Assert.All((string[])["rate", "fell_out"], member => Assert.Equal(JsonValueKind.Null, shown.GetProperty(member).ValueKind));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("original").GetProperty("bytes").ValueKind);
        Assert.Contains("fell out  not measured", ProgramCall.Run(router.Topology, "status").Output, StringComparison.Ordinal);
        var hosts = totals.GetProperty("hosts").EnumerateArray().Select(static host => host.GetProperty("host").GetString()!);
        Assert.Superset(new HashSet<string> { Topology.Server4, "192.168.1.2" }, hosts.ToHashSet());
    }

    [Fact]
    public void Sums_have_a_row_for_each_host_device_and_zone_and_pages_each_flow_once()
    {
        using var router = new WatchedRouter("");
        using var crowd = new TrafficCrowd(30, Topology.Server4, "--udp");
        Eventually.Is(() => Read("sw").Count >= 30, "all are offloaded", otherwise: () => router.Call("totals").ToString());
        Assert.Equal(Read("any"), Read("any", limit: 7));
        Assert.Equal(UbusStatus.InvalidArgument, router.Try("flows", """{"cursor":"x"}"""));

        var totals = router.Call("totals");
        Assert.Equal(30, totals.GetProperty("totals").GetProperty("software").GetProperty("flows").GetInt32());
        Assert.All((string[])["devices lan", "devices wan", "zones lan", "zones wan"], row =>
        {
            var (list, name) = (row.Split(' ')[0], row.Split(' ')[1]);
            var sum = totals.GetProperty(list).EnumerateArray().Single(item => item.EnumerateObject().First().Value.GetString() == name);
            Assert.True(sum.GetProperty("flows").GetInt32() >= 30 && sum.GetProperty("bytes").GetInt64() > 0, totals.ToString());
        });

        List<long> Read(string path, int limit = 200)
        {
            var ids = new List<long>();
            for (var cursor = ""; ;)
            {
                var page = router.Call("flows", $$"""{"path":"{{path}}","sort":"age","port":5001,"limit":{{limit}}{{cursor}}}""");
                ids.AddRange(page.GetProperty("flows").EnumerateArray().Select(static flow => flow.GetProperty("id").GetInt64()));
                if (page.GetProperty("cursor").GetString() is not { } next)
                    return ids;
                cursor = $",\"cursor\":\"{next}\"";
            }
        }
    }

    // protocol source:port>destination:port path, sorted.
    private static string[] Listed() =>
        [.. Topology.Connections().Select(static line => Line().Match(line)).Select(Describe).Order(StringComparer.Ordinal)];

    private static string Describe(Match line) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Groups[1]} {line.Groups[2]}:{line.Groups[4]}>{line.Groups[3]}:{line.Groups[5]} {(line.Groups[6].Length > 0 ? "software" : "slow")}");

    private static string Describe(JsonElement flow)
    {
        var original = flow.GetProperty("original");
        var (source, destination) = (original.GetProperty("source"), original.GetProperty("destination"));
        return $"{flow.GetProperty("protocol")} {source}:{original.GetProperty("source_port")}>{destination}:{original.GetProperty("destination_port")} {flow.GetProperty("path")}";
    }

    [GeneratedRegex(@"^(\w+) .*?src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+) .*?(\[OFFLOAD\]|$)")]
    private static partial Regex Line();
}
