using System.Text.Json;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The firewall's own offloading makes way for the daemon's, after each of its runs, and none of its runs fails for that.</summary>
public sealed class FirewallTests
{
    private const string Rule = "flow add @ft";

    [Fact]
    public void Its_offloading_is_taken_over_in_one_batch()
    {
        using var topology = new Topology("--nat --fw4-flowtable");
        Assert.Contains(Rule, Firewall(), StringComparison.Ordinal);

        using var daemon = new RunningDaemon(topology);

        Assert.Equal(1, daemon.Batches);
        AssertTakenOver();
        using var flow = new Traffic(Topology.Server4, "--count 0 --rate 200");
        flow.AwaitRunning();
        Eventually.Is(Topology.IsOffloaded, "the flow is offloaded");
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void Connections_that_it_offloaded_go_on_here()
    {
        using var topology = new Topology("--nat --fw4-flowtable");
        using var flow = new Traffic(Topology.Server4, "--count 0 --rate 200");
        flow.AwaitRunning();
        Eventually.Is(Topology.IsOffloaded, "the firewall offloads the flow");

        using var daemon = new RunningDaemon(topology);

        Eventually.Is(() => Count() == 1 && Topology.IsOffloaded(), "the flow is offloaded here", otherwise: static () => Topology.InRouter("nft", "list", "ruleset"));
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Theory]
    [InlineData("software", "--nat")]
    [InlineData("hardware", "--nat --chip lan,wan")]
    public void Observed_it_is_not_touched_and_its_connections_are_shown(string path, string options)
    {
        using var topology = new Topology(options);
        topology.WantHardware();
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption mode 'observe'\n");
        using var firewall = new RecordedFirewall(path);
        using var monitor = new RulesetMonitor(ofAll: true);
        var (before, binds) = (Ruleset.Now, Binds());

        using var daemon = new RunningDaemon(topology);
        using var flow = new Traffic(Topology.Server4, "--count 0 --rate 200");
        flow.AwaitRunning();
        Eventually.Is(
            () => Flows(ProgramCall.Run(topology, "flows --json --port 5001").Json.GetProperty("totals"), path) == 1,
            "its connection is shown",
            otherwise: static () => string.Join('\n', Topology.Connections()));
        daemon.Process.Signal("HUP");
        daemon.AwaitCalm();
        var status = ProgramCall.Run(topology, "status --json").Json;

        Assert.Equal((1, 1), (Flows(status.GetProperty("paths"), path), status.GetProperty("flows").GetProperty(path).GetInt32()));
        Assert.Contains("not probed in mode 'observe'", ProgramCall.Run(topology, "plan").Output, StringComparison.Ordinal);
        ProgramCall.Run(topology, "doctor");
        Assert.Equal(0, daemon.Stop());
        Assert.Empty(monitor.Take());
        before.AssertEqual(Ruleset.Now);
        Assert.Equal(binds, Binds());
        Assert.Equal(0, flow.Stop().Lost);

        // How often a driver was asked to bind a port, by a batch that was not committed too.
        long Binds() => path == "hardware" ? SwitchChip.Lan.Counter("bind") + SwitchChip.Wan.Counter("bind") : 0;

        static int Flows(JsonElement totals, string path) => totals.GetProperty(path).GetProperty("flows").GetInt32();
    }

    /// <summary>As <c>service firewall stop</c> does it: every table is deleted that may be.</summary>
    [Fact]
    public void While_it_is_stopped_nothing_is_offloaded()
    {
        using var installed = new InstalledFirewall();
        using var topology = new Topology("--fw4-flowtable");
        using var daemon = new RunningDaemon(topology);
        using var flow = new Traffic(Topology.Server4, "--count 0 --rate 200");
        flow.AwaitRunning();
        Eventually.Is(Topology.IsOffloaded, "the flow is offloaded");

        Topology.InRouter("nft", "flush", "ruleset");
        Eventually.Is(static () => Topology.FlowtableDevices() == "none", "our table goes", otherwise: () => daemon.Process.Output);
        Eventually.Is(static () => !Topology.IsOffloaded(), "the flow is on the slow path");
        Assert.Contains("the firewall is stopped", ProgramCall.Run(topology, "status").Output, StringComparison.Ordinal);

        Topology.ReloadFirewall();
        Eventually.Is(static () => !Firewall().Contains(Rule, StringComparison.Ordinal), "it is taken over", otherwise: () => daemon.Process.Output);
        AssertTakenOver();
        Eventually.Is(Topology.IsOffloaded, "the flow is offloaded again", otherwise: () => daemon.Process.Output);
        Assert.Equal(0, flow.Stop().Lost);
    }

    private static string Firewall() => Topology.InRouter("nft", "--stateless", "list", "table", "inet", "fw4");

    private static void AssertTakenOver()
    {
        var firewall = Firewall();
        Assert.DoesNotContain(Rule, firewall, StringComparison.Ordinal);
        Assert.Contains("flowtable ft", firewall, StringComparison.Ordinal);
        Assert.DoesNotContain("devices", firewall, StringComparison.Ordinal);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
    }

    // The flows that our rule has offloaded.
    private static long Count()
    {
        using var json = JsonDocument.Parse(Topology.InRouter("nft", "-j", "list", "chain", "inet", "flowtabled", "forward"));
        foreach (var item in json.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (!item.TryGetProperty("rule", out var rule))
                continue;
            foreach (var expression in rule.GetProperty("expr").EnumerateArray())
            {
                if (expression.TryGetProperty("counter", out var counter))
                    return counter.GetProperty("packets").GetInt64();
            }
        }

        return 0;
    }
}
