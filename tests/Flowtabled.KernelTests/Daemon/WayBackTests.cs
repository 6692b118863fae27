using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>A hundred connections in hardware, of every kind, leave it when it is switched off, and notice nothing.</summary>
public sealed class WayBackTests
{
    private static readonly TimeSpan UntilUnbound = TimeSpan.FromSeconds(15);

    [Fact]
    public void Switched_off_a_hundred_leave_the_chip_within_a_second()
    {
        using var router = new CrowdedRouter("--nat --chip lan,wan");
        router.Topology.WantHardware();
        using var daemon = new RunningDaemon(router.Topology);
        using var flows = new HundredFlows();
        SwitchChip.AwaitEntries(2 * HundredFlows.Count);
        var lost = CrowdedRouter.LostSegments;

        router.Topology.RefuseHardware();
        var took = Eventually.Is(static () => SwitchChip.Entries.Length == 0, "the chip is empty", otherwise: static () => string.Join('\n', SwitchChip.Entries));
        Assert.True(took < TimeSpan.FromSeconds(1.5), $"the chip was empty after {took.TotalSeconds:f1} s"); // The flowtable's collector comes each second.
        AssertGone();

        flows.StopWithoutLoss(lost);
    }

    [Fact]
    public void Killed_in_the_middle_the_next_start_goes_on()
    {
        using var router = new CrowdedRouter("--nat --chip lan,wan");
        router.Topology.WantHardware();
        using var killed = new RunningDaemon(router.Topology);
        using var flows = new HundredFlows();
        SwitchChip.AwaitEntries(2 * HundredFlows.Count);
        var lost = CrowdedRouter.LostSegments;
        router.Topology.RefuseHardware();
        killed.Process.AwaitLine("applied: ");
        killed.Kill();

        using var daemon = new RunningDaemon(router.Topology);
        AssertGone();

        flows.StopWithoutLoss(lost);
    }

    // The ports are unbound last: whatever is in the chip then stays there, and is seen.
    private static void AssertGone()
    {
        Eventually.Is(static () => SwitchChip.Bound is ["fts0 0", "fts1 0"], "the ports are unbound", UntilUnbound);
        Assert.Empty(SwitchChip.Entries);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        Assert.DoesNotContain("flowtabled_hw", Topology.InRouter("nft", "list", "tables"), StringComparison.Ordinal);
    }
}
