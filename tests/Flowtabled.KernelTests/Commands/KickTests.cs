using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled kick</c> of live connections beside a daemon that takes them in again.</summary>
public sealed class KickTests
{
    private const int ToServer6 = 30; // of a hundred: HundredFlows

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
        Assert.EndsWith($"\nmeant: {ToServer6} connections\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(before, Ids(router.Topology));

        Assert.Equal(
            new ProgramCall(0, $"moved out: {ToServer6} connections\n", ""),
            ProgramCall.Run(router.Topology, $"kick {Topology.Server6}"));
        AwaitOffloaded();
        var after = Ids(router.Topology);
        Assert.Equal(HundredFlows.Count - ToServer6, before.Intersect(after).Count());
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

    private static void AwaitOffloaded() => Eventually.Is(
        static () => Listed().Count(static line => line.Contains("[OFFLOAD]", StringComparison.Ordinal)) == HundredFlows.Count,
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
