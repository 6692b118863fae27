using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Ubus;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Connections as the daemon watches them, against conntrack's own list and what a server counted.</summary>
public sealed partial class WatchTests
{
    private const int States = 100;

    private static readonly string[] Kinds =
    [
        $"--rate 10 {Topology.Server4}", $"--rate 10 --udp {Topology.Server4}", $"--rate 10 {Topology.Server6}", $"--rate 10 --udp {Topology.Server6}",
    ];

    [Fact]
    public void Flows_are_where_conntrack_has_them()
    {
        using var router = new WatchedRouter("");
        using var crowd = new TrafficCrowd(2, Kinds);
        var random = new Random(11);
        var (compared, seen, isExcluded) = (0, new HashSet<string>(), false);
        for (var step = 0; compared < States; step++)
        {
            Assert.True(step < 3 * States, $"conntrack's list moved in {step - compared} of {step} steps");
            Change();
            var before = Compare(Listed());
            Compare(before);
        }

        Assert.Equal(["tcp slow", "tcp software", "tcp6 slow", "tcp6 software", "udp slow", "udp software", "udp6 slow", "udp6 software"], seen.Order());

        void Change()
        {
            switch (random.Next(4))
            {
                case 0:
                    isExcluded = !isExcluded;
                    Assert.Equal(UbusStatus.Ok, router.Try("set_exclude", $$"""{"name":"test","devices":[{{(isExcluded ? "\"lan\"" : "")}}]}"""));
                    break;
                case 1 or 2:
                    // It exits with 1 where there is none.
                    Topology.InRouterShell($"conntrack -D -f ipv{(random.Next(2) == 0 ? 4 : 6)} -p {(random.Next(2) == 0 ? "tcp" : "udp")} --dport 5001 || :");
                    break;
            }
        }

        // Only when nothing moved between two looks of conntrack's. A flowtable that changes lets flows go, and their next packets bring them back.
        string[] Compare(string[] before)
        {
            var passes = router.Daemon.Passes;
            var flows = router.Call("flows", """{"port":5001,"limit":200}""");
            var after = Listed();
            if (!before.SequenceEqual(after) || passes != router.Daemon.Passes)
                return after;
            var ours = flows.GetProperty("flows").EnumerateArray().Select(Describe).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(before, ours);
            foreach (var line in before)
                seen.Add(string.Concat(line.Split(' ')[0], line.Contains("2001:", StringComparison.Ordinal) ? "6 " : " ", line.Split(' ')[^1]));
            compared++;
            return after;
        }
    }

    [Fact]
    public void Subscribers_hear_of_flows_within_a_second_of_their_coming_and_going()
    {
        using var router = new WatchedRouter("");
        router.Subscribe();
        Assert.Equal(0, router.Heard!.Value.GetProperty("software").GetInt32());
        var took = new List<long>();
        foreach (var kind in Kinds)
        {
            var words = kind.Split(' ');
            using var traffic = new Traffic(words[^1], string.Join(' ', words[..^1]) + " --count 0");
            Time(1, traffic.AwaitRunning);
            Assert.Equal(0, router.Heard!.Value.GetProperty("hardware").GetInt32());
            Time(0, () =>
            {
                traffic.Stop();
                Topology.InRouterShell("conntrack -F 2>/dev/null");
            });
        }

        // A busy machine may be late once.
        took.Sort();
        Assert.True(took[took.Count / 2] < 1000 && took[^1] < 2000 * Guest.Slowness, string.Join(' ', took));

        // From the last look at conntrack that did not show it.
        void Time(int count, Action begin)
        {
            var since = Stopwatch.StartNew();
            begin();
            while (Topology.Connections().Count(static line => line.Contains("[OFFLOAD]", StringComparison.Ordinal)) != count)
                since.Restart();
            router.Until(() => router.Heard!.Value.GetProperty("software").GetInt32() == count);
            took.Add(since.ElapsedMilliseconds);
        }
    }

    [Fact]
    public void What_a_server_counted_is_what_was_carried_even_when_it_was_kicked()
    {
        const long size = 100_000_000;
        using var router = new WatchedRouter("--nat");
        router.Daemon.Process.AwaitLine("net.netfilter.nf_conntrack_acct was 0");
        SendWholePackets();
        using var server = new BackgroundProcess("ip", "netns", "exec", "server", "sh", "-c", "echo ready; exec busybox nc -l -p 6000 -e sh -c 'wc -c >&2'");
        server.AwaitLine("ready");
        using var client = new BackgroundProcess(
            "ip", "netns", "exec", "client", "bash", "-c",
            $"for i in 1 2 3 4 5 6 7 8 9 10; do head -c {size / 10} /dev/zero; sleep 0.1; done >/dev/tcp/{Topology.Server4}/6000; echo sent; sleep 60");

        Eventually.Is(() => Carried(router).Bytes > size / 3, "a third was carried", otherwise: () => router.Call("flows").ToString());
        Assert.True(router.Call("totals").GetProperty("zones").EnumerateArray().All(static zone => zone.GetProperty("rate").GetInt64() > 100_000));
        Assert.Equal(0, ProgramCall.Run(router.Topology, "kick 6000").Status);
        client.AwaitLine("sent", TimeSpan.FromSeconds(60));
        var received = long.Parse(server.AwaitLine($"{size}"), CultureInfo.InvariantCulture);
        Assert.Equal(size, received);

        // IP, TCP and its timestamps; the client sent nothing but data and acknowledges nothing.
        var (packets, bytes) = Carried(router);
        var most = (received * 1001 / 1000) + (CrowdedRouter.SentAgain("client") * 9000); // A slow guest's client sends on suspicion.
        Assert.InRange(bytes - (52 * packets), received * 999 / 1000, most);
        var paths = ProgramCall.Run(router.Topology, "status --json").Json.GetProperty("paths");
        var all = paths.EnumerateObject().Sum(static path => path.Value.GetProperty("bytes").GetInt64() - (52 * path.Value.GetProperty("packets").GetInt64()));
        Assert.InRange(all, received * 999 / 1000, most);
        Assert.Equal(0, router.Call("totals").GetProperty("fell_out").GetProperty("software").GetInt32());
    }

    [Fact]
    public void Without_accounting_nothing_is_measured_but_the_path_within_the_idle_interval()
    {
        using var router = new WatchedRouter("", "\toption accounting '0'\n");
        var since = Stopwatch.StartNew();
        using (new RunningFlow())
        {
            Thread.Sleep(10_000 + (1000 * Guest.Slowness)); // Nobody asks.
            var shown = Assert.Single(router.Call("flows", """{"port":5001}""").GetProperty("flows").EnumerateArray());
            Assert.Equal("software", shown.GetProperty("path").GetString());
            Assert.InRange(shown.GetProperty("on_path_for").GetInt32(), 1, (int)since.Elapsed.TotalSeconds);
            Assert.All((string[])["rate", "fell_out"], member => Assert.Equal(JsonValueKind.Null, shown.GetProperty(member).ValueKind));
            Assert.Equal(JsonValueKind.Null, shown.GetProperty("original").GetProperty("bytes").ValueKind);

            var totals = router.Call("totals");
            Assert.False(totals.GetProperty("accounting").GetBoolean());
            var software = totals.GetProperty("totals").GetProperty("software");
            Assert.Equal((1, JsonValueKind.Null, JsonValueKind.Null), (software.GetProperty("flows").GetInt32(), Kind("packets"), Kind("bytes")));
            Assert.All(totals.GetProperty("fell_out").EnumerateObject(), static member => Assert.Equal(JsonValueKind.Null, member.Value.ValueKind));
            Assert.Contains("fell out  not measured", ProgramCall.Run(router.Topology, "status").Output, StringComparison.Ordinal);

            JsonValueKind Kind(string member) => software.GetProperty(member).ValueKind;
        }

        Topology.InRouter("conntrack", "-D", "-p", "udp");
        Assert.Empty(router.Call("flows", """{"port":5001}""").GetProperty("flows").EnumerateArray());
    }

    [Fact]
    public void Sums_have_a_row_for_each_host_device_and_zone_and_pages_each_flow_once()
    {
        using var router = new WatchedRouter("--chip lan,wan", isHardwareWanted: true);
        using var crowd = new TrafficCrowd(3, Kinds);
        Eventually.Is(() => Read("hw").Count == 12, "all are in hardware", otherwise: () => router.Call("totals").ToString());
        Assert.Equal(Read("any"), Read("any", limit: 5));
        Assert.Equal(UbusStatus.InvalidArgument, router.Try("flows", """{"cursor":"x"}"""));

        var totals = router.Call("totals");
        var hosts = totals.GetProperty("hosts").EnumerateArray().Select(static host => host.GetProperty("host").GetString()!);
        Assert.Superset(new HashSet<string> { Topology.Server4, "192.168.1.2" }, hosts.ToHashSet());
        Assert.Equal(12, totals.GetProperty("totals").GetProperty("hardware").GetProperty("flows").GetInt32());
        Assert.All((string[])["devices lan", "devices wan", "zones lan", "zones wan"], row =>
        {
            var (list, name) = (row.Split(' ')[0], row.Split(' ')[1]);
            var sum = totals.GetProperty(list).EnumerateArray().Single(item => item.EnumerateObject().First().Value.GetString() == name);
            Assert.True(sum.GetProperty("flows").GetInt32() >= 12 && sum.GetProperty("bytes").GetInt64() > 0, totals.ToString());
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

    private static (long Packets, long Bytes) Carried(WatchedRouter router)
    {
        var (packets, bytes) = (0L, 0L);
        foreach (var flow in router.Call("flows", """{"port":6000}""").GetProperty("flows").EnumerateArray())
        {
            packets += flow.GetProperty("original").GetProperty("packets").GetInt64();
            bytes += flow.GetProperty("original").GetProperty("bytes").GetInt64();
        }

        return (packets, bytes);
    }

    // No segments are put together or taken apart, and they are few.
    private static void SendWholePackets()
    {
        foreach (var (space, device) in ((string, string)[])[("client", "eth0"), ("router", "lan"), ("router", "wan"), ("server", "eth0")])
        {
            Command.Run("ip", "netns", "exec", space, "ethtool", "-K", device, "tso", "off", "gso", "off", "gro", "off");
            Command.Run("ip", "-n", space, "link", "set", device, "mtu", "9000");
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
