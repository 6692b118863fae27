using System.Diagnostics;
using System.Globalization;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled kick</c> of live connections beside a daemon that takes them in again.</summary>
public sealed class KickTests
{
    // What share of all is named.
    private const int Half = 2;

    private const int Quarter = 4;

    private const int Eighth = 8;

    [Fact]
    public void Exactly_those_that_are_named_get_another_entry_and_none_notices()
    {
        using var router = new MixedRouter();
        using var daemon = new RunningDaemon(router.Topology);
        using var flows = new TwoHundredFlows();
        AwaitOffloaded();
        var (lost, resets) = (CrowdedRouter.LostSegments, CrowdedRouter.Resets);
        var all = TrackedConnection.List();
        AssertOnlyShown(router.Topology, all);

        AssertMoved(router.Topology, Topology.Server6, Eighth, static flow => flow.IsOf(Topology.Server6)); // translated on the way out
        AssertMoved(router.Topology, MixedRouter.Plain4, Eighth, static flow => flow.IsOf(MixedRouter.Plain4));
        AssertMoved(router.Topology, CrowdedRouter.Address6, Quarter, static flow => flow.IsOf(CrowdedRouter.Address6)); // of translations only
        AssertMoved(router.Topology, CrowdedRouter.Client4, Half, static flow => flow.IsOf(CrowdedRouter.Client4));
        AssertMoved(router.Topology, "8001", Quarter, static flow => flow.IsOf(8001));
        var one = TrackedConnection.List().Values.First();
        AssertMoved(router.Topology, one.Id, TwoHundredFlows.Count, flow => flow.Name == one.Name);
        AssertMoved(router.Topology, "--all", 1, static _ => true);
        AssertHeld(router.Topology, daemon);

        Assert.Equal(all.Keys, TrackedConnection.List().Keys);
        flows.StopWithoutLoss(lost);
        Assert.Equal(resets, CrowdedRouter.Resets);
    }

    [Fact]
    public void Without_a_daemon_the_command_holds_by_itself_where_there_is_a_table()
    {
        using var topology = new Topology("--nat");
        Assert.Equal(
            new ProgramCall(1, "", "flowtabled kick: flowtabled has no table now, so there is nothing to hold connections out of\n"),
            ProgramCall.Run(topology, "kick 5001 --hold 60"));
        Assert.Equal(0, ProgramCall.Run(topology, "apply --plain-table").Status);
        using var flow = new RunningFlow();

        Assert.Equal(
            new ProgramCall(0, "held on the slow path for 60 s: 1 connection\nmoved out: 1 connection\n", ""),
            ProgramCall.Run(topology, "kick 5001 --hold 60"));

        Assert.Equal("held", Why(topology, "--port 5001"));
        // The same again, for less: the last word holds.
        Assert.Equal(1, ProgramCall.Run(topology, "kick 5001 --hold 1 --json").Json.GetProperty("held").GetInt32());
        Eventually.Is(Topology.IsOffloaded, "it is offloaded again");
    }

    [Fact]
    public void In_a_table_that_is_almost_full_they_are_moved_as_their_old_entries_make_room()
    {
        const string maximum = "/proc/sys/net/netfilter/nf_conntrack_max";
        using var topology = new Topology("--nat");
        Assert.Equal(0, ProgramCall.Run(topology, "apply --plain-table").Status);
        using var flows = new TrafficCrowd(12, Topology.Server4);
        Eventually.Is(
            static () => Topology.Connections().Count(static line => line.Contains("[OFFLOAD]", StringComparison.Ordinal)) == 12, "all are offloaded");
        var usual = File.ReadAllText(maximum);
        try
        {
            File.WriteAllText(maximum, $"{int.Parse(Topology.InRouter("cat", "/proc/sys/net/netfilter/nf_conntrack_count"), CultureInfo.InvariantCulture) + 5}");
            Assert.Equal(new ProgramCall(0, "moved out: 12 connections\n", ""), ProgramCall.Run(topology, "kick --all"));
        }
        finally
        {
            File.WriteAllText(maximum, usual);
        }

        Assert.Equal(0, flows.Stop().Lost);
    }

    [Fact]
    public void Cut_says_what_it_does_and_ends_the_entry()
    {
        using var topology = new Topology("--nat");
        using var daemon = new RunningDaemon(topology);
        using var flow = new RunningFlow();
        var before = Assert.Single(Ids(topology, "--port 5001"));

        var call = ProgramCall.Run(topology, "kick 5001 --cut");

        Assert.Equal((0, "ended: 1 connection\n"), (call.Status, call.Output));
        Assert.StartsWith("ending 1 connection: a translated one", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(before, Ids(topology, "--port 5001"));
    }

    [Fact]
    public void Cut_asks_on_a_terminal_first()
    {
        using var topology = new Topology("--nat");
        using var daemon = new RunningDaemon(topology);
        using var flow = new RunningFlow();
        var before = Assert.Single(Ids(topology, "--port 5001"));

        var refused = OnTerminal(topology, "n");
        Assert.Contains("go on? [y/N]", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("ended", refused, StringComparison.Ordinal);
        Assert.Equal(before, Assert.Single(Ids(topology, "--port 5001")));

        Assert.Contains("ended: 1 connection", OnTerminal(topology, "y"), StringComparison.Ordinal);
        Assert.DoesNotContain(before, Ids(topology, "--port 5001"));
    }

    // With a terminal of its own (script of util-linux).
    private static string OnTerminal(Topology topology, string answer) => Command.Run(
        "ip", "netns", "exec", "router", "sh", "-euc",
        $"echo {answer} | script -qec '{PublishedBinary.Path} kick 5001 --cut --config-dir {topology.ConfigDirectory} --run-dir {topology.RunDirectory}' /dev/null");

    private static string? Why(Topology topology, string options) => string.Join(
        ' ',
        ProgramCall.Run(topology, $"flows --json --path slow {options}").Json.GetProperty("flows").EnumerateArray()
            .Select(static flow => flow.GetProperty("why_slow").GetString()).Distinct());

    private static void AssertOnlyShown(Topology topology, SortedDictionary<string, TrackedConnection> flows)
    {
        var call = ProgramCall.Run(topology, "kick --dry-run --all");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Assert.EndsWith($"\nmeant: {TwoHundredFlows.Count} connections\n", call.Output, StringComparison.Ordinal);
        Assert.Equal(flows.Values.Select(static flow => flow.Id), TrackedConnection.List().Values.Select(static flow => flow.Id));
    }

    // The packets of the others do not leave the fast path for a moment.
    private static void AssertMoved(Topology topology, string what, int share, Func<TrackedConnection, bool> isNamed)
    {
        var before = TrackedConnection.List();
        var named = Names(before, isNamed);
        MixedRouter.Forget();

        var call = ProgramCall.Run(topology, $"kick {what}");

        AwaitOffloaded();
        Assert.Equal(TwoHundredFlows.Count / share, named.Length);
        Assert.Equal(new ProgramCall(0, $"moved out: {Count(named.Length)}\n", ""), call);
        Assert.Equal(named, Changed(before));
        Assert.Equal(named, MixedRouter.Seen);
    }

    // All of IPv6: those of IPv4 stay on the fast path all the while.
    private static void AssertHeld(Topology topology, RunningDaemon daemon)
    {
        var seconds = 6 * Guest.Slowness;
        var before = TrackedConnection.List();
        var named = Names(before, static flow => flow.IsOf(CrowdedRouter.Client6));
        MixedRouter.Forget();
        var watch = Stopwatch.StartNew();

        var call = ProgramCall.Run(topology, $"kick {CrowdedRouter.Client6} --hold {seconds}");

        Assert.Equal(TwoHundredFlows.Count / Half, named.Length);
        Assert.Equal(new ProgramCall(0, $"held on the slow path for {seconds} s: {Count(named.Length)}\nmoved out: {Count(named.Length)}\n", ""), call);
        var batches = daemon.Batches;
        do
        {
            Assert.Equal(named, Names(TrackedConnection.List(), static flow => !flow.IsOffloaded));
            Assert.Equal("held", Why(topology, $"--host {CrowdedRouter.Client6} --port 5001"));
            Assert.Equal(0, ProgramCall.Run(topology, "apply").Status); // Not for a plan to undo, nor for a pass.
        }
        while (watch.Elapsed.TotalSeconds < seconds - 2);
        Assert.Equal(batches, daemon.Batches);

        AwaitOffloaded();
        Assert.InRange(watch.Elapsed.TotalSeconds, seconds - 1, seconds + (4 * Guest.Slowness));
        Assert.Equal(named, Changed(before));
        Assert.Equal(named, MixedRouter.Seen);
    }

    private static string Count(int connections) => connections == 1 ? "1 connection" : $"{connections} connections";

    // Those that have another entry than before.
    private static string[] Changed(SortedDictionary<string, TrackedConnection> before) =>
        Names(TrackedConnection.List(), flow => flow.Id != before[flow.Name].Id);

    private static string[] Names(SortedDictionary<string, TrackedConnection> flows, Func<TrackedConnection, bool> which) =>
        [.. flows.Values.Where(which).Select(static flow => flow.Name)];

    private static void AwaitOffloaded() => Eventually.Is(
        static () => TrackedConnection.List().Values.Count(static flow => flow.IsOffloaded) == TwoHundredFlows.Count,
        "all are offloaded",
        TimeSpan.FromSeconds(20),
        static () => string.Join('\n', TrackedConnection.List().Values.Where(static flow => !flow.IsOffloaded).Select(static flow => flow.Line)));

    // Number of the entry and where it goes to, sorted.
    private static string[] Ids(Topology topology, string options = "--path sw") =>
    [
        .. ProgramCall.Run(topology, $"flows --json {options} --limit 1000").Json.GetProperty("flows").EnumerateArray()
            .Select(static flow => $"{flow.GetProperty("id")} {flow.GetProperty("original").GetProperty("destination")}")
            .Order(StringComparer.Ordinal),
    ];
}
