using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>A hundred connections in hardware, of every kind, leave it when it is switched off, and notice nothing.</summary>
public sealed class WayBackTests
{
    private const int Times = 5;

    [Theory]
    [InlineData("all", 2.0)]
    [InlineData("a quarter", 0.5)]
    public void Switched_off_a_hundred_leave_a_chip_that_has_room_for(string share, double entriesEach)
    {
        var entries = (int)(entriesEach * HundredFlows.Count);
        using var router = new CrowdedRouter("--nat --chip lan,wan");
        router.Topology.WantHardware();
        SwitchChip.Capacity = entries;
        using var daemon = new RunningDaemon(router.Topology);
        using var flows = new HundredFlows();
        var lost = CrowdedRouter.LostSegments;
        for (var time = 0; time < Times; time++)
        {
            SwitchChip.AwaitEntries(entries);

            router.Topology.RefuseHardware();
            AwaitGone(share);

            router.Topology.UseHardware();
            SwitchChip.AwaitBound(1);
            ProgramCall.Run(router.Topology, "kick --all");
        }

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
        AwaitGone("after the kill");

        flows.StopWithoutLoss(lost);
    }

    // The ports are unbound last: whatever is in the chip then stays there, and is seen.
    private static void AwaitGone(string what)
    {
        var took = SwitchChip.AwaitBound(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: gone after {took.TotalSeconds:f2} s");
        Assert.True(took < TimeSpan.FromSeconds(1) * Guest.Slowness, $"{what}: gone after {took.TotalSeconds:f2} s");
        Assert.Empty(SwitchChip.Entries);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        Assert.DoesNotContain("flowtabled_hw", Topology.InRouter("nft", "list", "tables"), StringComparison.Ordinal);
    }
}
