using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Ports that are not to be had, or by one flowtable only: what can be done without them is done.</summary>
public sealed class HardwareBindTests
{
    private const int ENOMEM = 12;

    private const string Exclude = "config device\n\toption name 'lan'\n\toption exclude '1'\n";

    /// <summary>The driver had taken it when it was asked, and refuses later.</summary>
    [Fact]
    public void A_port_that_refuses_keeps_nothing_else_from_being_done()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        AwaitBound("1");
        topology.RefuseHardware();
        AwaitBound("0");
        var asked = Asked;

        SwitchChip.Lan.Set("bind_errno", ENOMEM);
        topology.UseHardware();
        Eventually.Is(
            () => Plan(topology).Contains("port lan cannot: ENOMEM", StringComparison.Ordinal), "the plan does without it", otherwise: () => Plan(topology));
        topology.Commit("flowtabled", Exclude);
        Eventually.Is(static () => Topology.FlowtableDevices() == "wan", "lan is excluded", otherwise: () => daemon.Process.Output);
        topology.Commit("flowtabled", "");
        Eventually.Is(static () => Topology.FlowtableDevices() == "lan wan", "lan is back", otherwise: () => daemon.Process.Output);
        daemon.AwaitCalm();
        Assert.InRange(Asked - asked, 1, 12);
        Assert.Equal(["fts0 0", "fts1 0"], SwitchChip.Bound);

        SwitchChip.Lan.Set("bind_errno", 0);
        daemon.Process.Signal("HUP");
        AwaitBound("1");
    }

    [Fact]
    public void A_port_for_one_flowtable_stays_with_us()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        SwitchChip.Lan.Set("exclusive", true);
        SwitchChip.Wan.Set("exclusive", true);
        using (var first = new RunningDaemon(topology, "--keep"))
        {
            AwaitBound("1");
            topology.Commit("flowtabled", "config flowtabled 'main'\n\toption counter '0'\n");
            Eventually.Is(() => first.Batches > 1, "the counters go", otherwise: () => first.Process.Output);
            first.AwaitCalm();
            Assert.DoesNotContain(first.Log, static line => line.Contains("EBUSY", StringComparison.Ordinal));
            Assert.Contains("Resource busy", PlainFlowtable.TryMake("lan"), StringComparison.OrdinalIgnoreCase);
            first.Stop();
        }

        using var second = new RunningDaemon(topology);
        second.AwaitCalm();
        using var flows = new HardwareFlows();
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);
        topology.RefuseHardware();
        AwaitBound("0");
        flows.AreInSoftwareAndLostNothing();
    }

    private static long Asked => SwitchChip.Lan.Counter("bind") + SwitchChip.Lan.Counter("bind_refused");

    private static string Plan(Topology topology) => ProgramCall.Run(topology, "plan").Output;

    private static void AwaitBound(string times) => Eventually.Is(
        () => SwitchChip.Bound is [var lan, var wan] && lan == $"fts0 {times}" && wan == $"fts1 {times}", $"both ports are bound {times} times");
}
