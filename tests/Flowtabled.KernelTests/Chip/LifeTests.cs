using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Chip;

/// <summary>What becomes of the lab's chip when what it serves comes and goes.</summary>
public sealed class LifeTests
{
    [Fact]
    public void A_flowtable_that_goes_leaves_live_flows_in_the_chip()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        PlainFlowtable.Make("lan, wan");
        using var flow = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        flow.AwaitRunning();
        SwitchChip.AwaitEntries(2);

        PlainFlowtable.Delete();
        Eventually.Is(static () => !Topology.Connections()[0].Contains("OFFLOAD", StringComparison.Ordinal), "the kernel has let it go");
        Assert.Equal(["fts0 0", "fts1 0"], SwitchChip.Bound);
        Assert.Equal(2, SwitchChip.Entries.Length);
        var carried = SwitchChip.Lan.Forwarded;
        Eventually.Is(() => SwitchChip.Lan.Forwarded > carried + 50, "the chip goes on forwarding");
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void The_end_of_a_connection_empties_the_chip()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        PlainFlowtable.Make("lan, wan");
        using (var flow = new Traffic(Topology.Server4, "--count 100 --rate 500"))
            Assert.Equal(0, flow.AwaitDone().Lost);
        SwitchChip.AwaitEntries(0);
        Assert.Equal(2, SwitchChip.Lan.Counter("destroy"));
        Assert.Equal(2, SwitchChip.Lan.Counter("replace"));
    }

    /// <summary>A port that goes down takes its flows out of the chip.</summary>
    [Fact]
    public void A_port_goes_down_and_comes_back()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        PlainFlowtable.Make("lan, wan");
        using var flow = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        flow.AwaitRunning();
        SwitchChip.AwaitEntries(2);
        Topology.InRouter("ip", "link", "set", "lan", "down");
        SwitchChip.AwaitEntries(0);
        Topology.InRouter("ip", "link", "set", "lan", "up");
        SwitchChip.AwaitEntries(2);
    }

    /// <summary>The module goes away under live flows, and the kernel has nothing to say about it.</summary>
    [Fact]
    public void The_chip_is_torn_out()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        PlainFlowtable.Make("lan, wan");
        using var udp = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        using var tcp = new Traffic(Topology.Server6, "--count 0 --rate 100");
        udp.AwaitRunning();
        tcp.AwaitRunning();
        SwitchChip.AwaitEntries(4);
        Command.Run("dmesg", "--clear");

        Command.Run("rmmod", "fttest");
        Assert.DoesNotContain("wan", Topology.InRouter("ip", "-br", "link"), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)warning|bug|waiting for|corruption|refcount|unable to handle", Command.Run("dmesg"));
    }

    /// <summary>As in OpenWrt's kernels, which the lab's own can imitate: any device may be in a hardware flowtable.</summary>
    [Fact]
    public void Devices_that_cannot_offload_are_refused_unless_the_kernel_hides_it()
    {
        using var topology = new Topology("--nat --chip wan"); // lan is veth
        Assert.Contains("Operation not supported", PlainFlowtable.TryMake("lan, wan"), StringComparison.Ordinal);
        Assert.Equal(GuestKernel.IsTheLabs, KernelSwitch.HidesUnsupported.IsThere);
        if (!GuestKernel.IsTheLabs)
            return;
        using var hiding = KernelSwitch.HidesUnsupported.On();
        PlainFlowtable.Make("lan, wan, lo");
        Assert.Equal(["fts0 1"], SwitchChip.Bound);
        using var flow = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        flow.AwaitRunning();
        Eventually.Is(Topology.IsOffloaded, "a software flow");
        Topology.AwaitNothingSeen();
        Assert.Empty(SwitchChip.Entries);
        Assert.Equal(0, flow.Stop().Lost);
        PlainFlowtable.Delete();
    }
}
