using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Ports that are not to be had, or by one flowtable only: what can be done without them is done.</summary>
public sealed class HardwareBindTests
{
    private const int ENOMEM = 12;

    private const string Taken = "port lan cannot: its driver is taken by another program; it is asked again";

    private const string Exclude = "config device\n\toption name 'lan'\n\toption exclude '1'\n";

    /// <summary>The driver had taken it when it was asked, and refuses later.</summary>
    [Fact]
    public void A_port_that_refuses_keeps_nothing_else_from_being_done()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        SwitchChip.AwaitBound(1);
        topology.RefuseHardware();
        SwitchChip.AwaitBound(0);
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
        var why = daemon.Process.AwaitLine("lan: it stays in software for now: port lan cannot: ENOMEM");

        SwitchChip.Lan.Set("bind_errno", 0);
        SwitchChip.AwaitBound(1);
        daemon.Process.AwaitLine("no longer: " + why[why.IndexOf("lan: ", StringComparison.Ordinal)..]);
    }

    /// <summary>Nobody tells when it is free.</summary>
    [Fact]
    public void A_port_that_another_flowtable_has_is_asked_for_now_and_then_until_it_is_free()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        MakeExclusive();
        Topology.InRouter("nft", "table inet other { flowtable ft { hook ingress priority 0; devices = { lan, wan }; flags offload; }; }");
        using var daemon = new RunningDaemon(topology);
        using var flow = new RunningFlow();
        daemon.Process.AwaitLine("lan: it stays in software for now: " + Taken);
        Assert.Contains(Taken, ProgramCall.Run(topology, "status --json").Output, StringComparison.Ordinal);

        // Two tries of those after 1, 3 and 7 s.
        var (asked, batches) = (Asked, daemon.Batches);
        var took = Eventually.Is(() => Asked >= asked + 2, "it is asked twice", TimeSpan.FromSeconds(20), () => daemon.Process.Output);
        Assert.InRange(took, TimeSpan.FromSeconds(1.9), TimeSpan.MaxValue);
        Assert.Equal((asked + 2, batches), (Asked, daemon.Batches));

        Topology.InRouter("nft", "delete", "table", "inet", "other");
        SwitchChip.AwaitBound(1);
        daemon.Process.AwaitLine("no longer: lan: ");
        Eventually.Is(() => daemon.Batches == batches + 1, "one batch more");
        flow.WentIntoHardware();
    }

    /// <summary>As OpenWrt's kernels do, this one hides what is none of a chip's where it can; that another has the port it tells.</summary>
    [Fact]
    public void Ports_that_the_firewall_has_at_the_start_are_taken_over()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var firewall = new RecordedFirewall("hardware");
        MakeExclusive();
        using var hiding = GuestKernel.IsTheLabs ? KernelSwitch.HidesUnsupported.On() : null;
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);

        using var daemon = new RunningDaemon(topology);
        daemon.Process.AwaitLine("lan: it stays in software for now: " + Taken);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        var took = Eventually.Is(
            static () => Topology.InRouter("nft", "list", "tables").Contains("flowtabled_hw", StringComparison.Ordinal),
            "hardware is used",
            otherwise: () => daemon.Process.Output);

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5) * Guest.Slowness);
        Assert.Equal((false, false, false), RecordedFirewall.Now);
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);
        Assert.InRange(daemon.Batches, 1, 3);
    }

    [Fact]
    public void A_port_for_one_flowtable_stays_with_us()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        MakeExclusive();
        using (var first = new RunningDaemon(topology, "--keep"))
        {
            SwitchChip.AwaitBound(1);
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
        SwitchChip.AwaitBound(0);
        flows.AreInSoftwareAndLostNothing();
    }

    private static void MakeExclusive()
    {
        SwitchChip.Lan.Set("exclusive", true);
        SwitchChip.Wan.Set("exclusive", true);
    }

    private static long Asked => SwitchChip.Lan.Counter("bind") + SwitchChip.Lan.Counter("bind_refused");

    private static string Plan(Topology topology) => ProgramCall.Run(topology, "plan").Output;
}
