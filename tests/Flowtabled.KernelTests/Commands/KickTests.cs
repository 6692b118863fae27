using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled kick</c> of live connections beside a daemon that takes them in again.</summary>
public sealed class KickTests
{
    [Fact]
    public void Exactly_those_that_are_named_get_another_entry_and_none_notices()
    {
        using var router = new CrowdedRouter("--nat --lan bridge");
        using var daemon = new RunningDaemon(router.Topology);
        using var crowd = new HundredFlows();
        AwaitOffloaded();
        var before = Ids(router.Topology);
        var lost = CrowdedRouter.LostSegments;

        var dry = ProgramCall.Run(router.Topology, $"kick --dry-run {Topology.Server6}");
        Assert.Equal((0, ""), (dry.Status, dry.Error));
        Assert.EndsWith($"\nmeant: {HundredFlows.ToServer6} connections\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(before, Ids(router.Topology));

        Assert.Equal(
            new ProgramCall(0, $"moved out: {HundredFlows.ToServer6} connections\n", ""),
            ProgramCall.Run(router.Topology, $"kick {Topology.Server6}"));
        AwaitOffloaded();
        var after = Ids(router.Topology);
        Assert.Equal(HundredFlows.Count - HundredFlows.ToServer6, before.Intersect(after).Count());
        Assert.Equal(
            before.Where(static flow => flow.EndsWith(Topology.Server6, StringComparison.Ordinal)),
            before.Except(after));

        Assert.Equal(
            new ProgramCall(0, $"moved out: {HundredFlows.Count} connections\n", ""), ProgramCall.Run(router.Topology, "kick --all"));
        AwaitOffloaded();
        Assert.Empty(after.Intersect(Ids(router.Topology)));
        crowd.StopWithoutLoss(lost);
    }

    [Fact]
    public void What_is_held_stays_on_the_slow_path_for_as_long_as_it_was_said()
    {
        const int seconds = 8;
        using var router = new CrowdedRouter("--nat --lan bridge");
        using var daemon = new RunningDaemon(router.Topology);
        using var crowd = new HundredFlows();
        AwaitOffloaded();
        var lost = CrowdedRouter.LostSegments;

        var held = ProgramCall.Run(router.Topology, $"kick {Topology.Server6} --hold {seconds}");

        Assert.Equal(
            new ProgramCall(0, $"held on the slow path for {seconds} s: {HundredFlows.ToServer6} connections\nmoved out: {HundredFlows.ToServer6} connections\n", ""), held);
        for (var second = 0; second < seconds - 3; second++)
        {
            Assert.Equal(
                (HundredFlows.Count - HundredFlows.ToServer6, "held"), (Offloaded(), Why(router.Topology, $"--host {Topology.Server6} --port 5001")));
            Thread.Sleep(1000);
        }

        // Not for a plan to undo, nor for a pass.
        var batches = daemon.Batches;
        Assert.Equal(0, ProgramCall.Run(router.Topology, "apply").Status);
        Assert.Equal((HundredFlows.Count - HundredFlows.ToServer6, batches), (Offloaded(), daemon.Batches));
        AwaitOffloaded();
        crowd.StopWithoutLoss(lost);
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
        Eventually.Is(
            static () => Topology.Connections() is [var line] && line.Contains("[OFFLOAD]", StringComparison.Ordinal), "it is offloaded again");
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
    private static string OnTerminal(Topology topology, string answer) => Topology.InRouterShell(
        $"echo {answer} | script -qec '{PublishedBinary.Path} kick 5001 --cut --config-dir {topology.ConfigDirectory} --run-dir {topology.RunDirectory}' /dev/null");

    private static string? Why(Topology topology, string options) => string.Join(
        ' ',
        ProgramCall.Run(topology, $"flows --json --path slow {options}").Json.GetProperty("flows").EnumerateArray()
            .Select(static flow => flow.GetProperty("why_slow").GetString()).Distinct());

    private static int Offloaded() => Listed().Count(static line => line.Contains("[OFFLOAD]", StringComparison.Ordinal));

    private static void AwaitOffloaded() => Eventually.Is(
        static () => Offloaded() == HundredFlows.Count,
        "all are offloaded",
        TimeSpan.FromSeconds(20),
        static () => string.Join('\n', Listed()));

    private static string[] Listed() => Topology.InRouter("conntrack", "-L").Split('\n');

    // Number of the entry and where it goes to, sorted.
    private static string[] Ids(Topology topology, string options = "--path sw") =>
    [
        .. ProgramCall.Run(topology, $"flows --json {options} --limit 1000").Json.GetProperty("flows").EnumerateArray()
            .Select(static flow => $"{flow.GetProperty("id")} {flow.GetProperty("original").GetProperty("destination")}")
            .Order(StringComparer.Ordinal),
    ];
}
