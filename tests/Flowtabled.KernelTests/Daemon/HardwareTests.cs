using System.Text.Json;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>With <c>flow_offloading_hw</c> connections go into the lab's chip where they can, and leave it with nothing lost.</summary>
public sealed class HardwareTests
{
    private const int Requests = 1000;

    [Theory]
    [InlineData("--nat --chip lan,wan")]
    [InlineData("--wan vlan --nat --chip lan,wan")]
    [InlineData("--wan pppoe --nat --chip lan,wan")]
    [InlineData("--lan bridge --nat --chip lan1,wan,lan2")]
    [InlineData("--lan bridge --wan pppoe-vlan --nat --chip lan1,wan,lan2")]
    public void Switched_on_the_chip_carries_every_kind(string options)
    {
        using var topology = new Topology(options);
        using var daemon = new RunningDaemon(topology);
        Assert.All(SwitchChip.Bound, static port => Assert.EndsWith(" 0", port, StringComparison.Ordinal));

        topology.WantHardware();
        SwitchChip.AwaitBound(1);

        CarriedRequests.AssertEveryKindCarried();
    }

    [Fact]
    public void Switched_on_the_chip_takes_the_connections_that_run_too()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        using var daemon = new RunningDaemon(topology);
        using var flows = new HardwareFlows(HardwareFlows.InSoftware);

        topology.WantHardware();

        flows.Await(HardwareFlows.InHardware);
        daemon.Process.AwaitLine("moved to where hardware can take them: 4 connections");
        flows.LostNothing();
    }

    [Theory]
    [InlineData("bridge", false)] // One that a kill left.
    [InlineData("dummy", true)] // It has the name of the bridge that cannot be made then, and the kernel collects flows in its own time.
    public void Switched_off_the_chip_is_emptied_though_there_is_a(string device, bool stays)
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        Topology.InRouter("ip", "link", "add", "flowtabled-gc", "type", device);
        using var daemon = new RunningDaemon(topology);
        using var flows = new HardwareFlows();
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);

        topology.RefuseHardware();
        SwitchChip.AwaitBound(0);

        Assert.Empty(SwitchChip.Entries);
        Assert.Equal(stays, Topology.InRouter("ip", "-br", "link").Contains("flowtabled-gc ", StringComparison.Ordinal));
        flows.AreInSoftwareAndLostNothing();
    }

    [Fact]
    public void A_clean_end_leaves_nothing_in_the_chip()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        using var flows = new HardwareFlows();

        Assert.Equal(0, daemon.Stop());

        Assert.Empty(SwitchChip.Entries);
        Assert.Equal(["fts0 0", "fts1 0"], SwitchChip.Bound);
        Assert.Equal("none", Topology.FlowtableDevices());
        flows.LostNothing();
    }

    [Fact]
    public void A_kill_in_the_middle_is_made_good_by_the_next_start()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var killed = new RunningDaemon(topology);
        using var flows = new HardwareFlows();
        topology.RefuseHardware();
        killed.Process.AwaitLine("applied: ");
        killed.Kill();

        using var daemon = new RunningDaemon(topology);
        SwitchChip.AwaitBound(0);

        Assert.Empty(SwitchChip.Entries);
        flows.AreInSoftwareAndLostNothing();
    }

    [Fact]
    public void A_restart_leaves_what_is_in_the_chip_alone()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var flows = StartUnder(topology);
        var entries = SwitchChip.Entries.Select(static entry => entry.Split(' ')[0]);

        using var daemon = new RunningDaemon(topology);
        daemon.AwaitCalm();

        Assert.Equal(entries, SwitchChip.Entries.Select(static entry => entry.Split(' ')[0]));
        flows.LostNothing();

        static HardwareFlows StartUnder(Topology topology)
        {
            using var daemon = new RunningDaemon(topology, "--keep");
            var flows = new HardwareFlows();
            daemon.Stop();
            return flows;
        }
    }

    [Fact]
    public void Each_pair_of_devices_gets_the_best_that_it_can()
    {
        using var topology = new Topology("--wan wireguard --nat --chip lan,wan");
        using var daemon = new RunningDaemon(topology);
        using Traffic before = new(Topology.Server4, "--udp --count 0"), beforeOnCable = new("203.0.113.1", "--udp --count 0");
        before.AwaitRunning();
        beforeOnCable.AwaitRunning();
        Eventually.Is(static () => Topology.Connections() is [var one, var other] && (one + other).Split("[OFFLOAD]").Length == 3, "both are in software");
        topology.WantHardware();
        daemon.Process.AwaitLine("moved to where hardware can take them: 1 connection");
        Assert.Equal("lan wan wg0", Topology.FlowtableDevices());
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);
        SwitchChip.AwaitEntries(2);
        Assert.Equal((0, 0), (before.Stop().Lost, beforeOnCable.Stop().Lost));
        Topology.InRouter("conntrack", "-F");
        SwitchChip.AwaitEntries(0);

        // Through the tunnel, and to the server's own end of the cable.
        using var tunnel = new Traffic(Topology.Server4, "--count 100 --rate 1000 --hold");
        using var cable = new Traffic("203.0.113.1", "--count 100 --rate 1000 --hold");
        Assert.Equal((100, 100), (tunnel.AwaitDone().Received, cable.AwaitDone().Received));

        var connections = Topology.Connections();
        Assert.Contains("[OFFLOAD]", Assert.Single(connections, static line => line.Contains($"dst={Topology.Server4} ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("[HW_OFFLOAD]", Assert.Single(connections, static line => line.Contains("dst=203.0.113.1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(2, SwitchChip.Entries.Length);
        var status = ProgramCall.Run(topology, "status").Output;
        Assert.Contains("wg0 is no port of a chip", status, StringComparison.Ordinal);
        Checker.AssertFits("status", ProgramCall.Run(topology, "status --json"));
        Checker.AssertFits("flows", ProgramCall.Run(topology, "flows --json"));
    }

    [Fact]
    public void With_one_port_of_a_chip_each_flow_takes_what_it_can_and_status_says_why()
    {
        using var topology = new Topology("--wan wireguard --nat --chip wan");
        topology.WantHardware();
        using (var daemon = new RunningDaemon(topology))
        {
            AssertInSoftware("fts0 0");
            AssertWhy("port lan cannot: its driver takes no flows", "no other device could be the other end of a connection in hardware");
            daemon.Stop();
        }

        if (!GuestKernel.IsTheLabs)
            return; // The others hide no refusals.
        using var hiding = KernelSwitch.HidesUnsupported.On();
        Topology.InRouter("conntrack", "-F");
        using var hidden = new RunningDaemon(topology);
        Assert.Matches("devices = { lan, wan }|devices = { wan, lan }", Topology.InRouter("nft", "list", "flowtable", "inet", "flowtabled_hw", "hw"));
        AssertInSoftware("fts0 1");
        AssertWhy("unknown: this kernel hides refusals", "unknown: this kernel hides refusals");
        hidden.Stop();

        static void AssertInSoftware(string bound)
        {
            Assert.Equal(("lan wan wg0", bound), (Topology.FlowtableDevices(), Assert.Single(SwitchChip.Bound)));
            using var tunnel = new Traffic(Topology.Server4, "--udp --count 100 --hold");
            using var cable = new Traffic("203.0.113.1", "--udp --count 100 --hold");
            Assert.Equal((0, 0), (tunnel.AwaitDone().Lost, cable.AwaitDone().Lost));
            var connections = Topology.Connections();
            Assert.Equal(2, connections.Length);
            Assert.All(connections, static connection => Assert.Contains("[OFFLOAD]", connection, StringComparison.Ordinal));
        }

        void AssertWhy(string lan, string wan)
        {
            var why = ProgramCall.Run(topology, "status --json").Json.GetProperty("devices").EnumerateArray().ToDictionary(
                static device => device.GetProperty("device").GetString()!,
                static device => device.GetProperty("hardware").GetProperty("reason").GetString());
            Assert.Equal((lan, wan, "wg0 is no port of a chip"), (why["lan"], why["wan"], why["wg0"]));
        }
    }

    [Fact]
    public void One_port_of_a_bridge_that_cannot_keeps_the_bridge_in_software()
    {
        using var topology = new Topology("--lan bridge --nat --chip lan1,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);

        var plan = ProgramCall.Run(topology, "plan").Output;

        Assert.Contains("port lan2 cannot: its driver takes no flows", plan, StringComparison.Ordinal);
        Assert.Equal(["fts0 0", "fts1 0"], SwitchChip.Bound);
        Assert.Equal("br-lan wan", Topology.FlowtableDevices());
    }

    [Fact]
    public void A_kernel_that_hides_refusals_gets_every_port()
    {
        Assert.SkipUnless(GuestKernel.IsTheLabs, "only the lab's own kernel can hide them; the others refuse, which One_port_of_a_bridge_that_cannot shows");
        using var topology = new Topology("--lan bridge --nat --chip lan1,wan");
        topology.WantHardware();
        using var hiding = KernelSwitch.HidesUnsupported.On();
        using var daemon = new RunningDaemon(topology);
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);

        // Each flow takes what it can: lan1 is a port of the chip, lan2 is not.
        using var ofChip = new Traffic(Topology.Server4, "--udp --count 200 --rate 500 --hold");
        using var ofOther = new Traffic(Topology.Server4, "--udp --count 200 --rate 500 --hold", "client2");
        Assert.Equal((0, 0), (ofChip.AwaitDone().Lost, ofOther.AwaitDone().Lost));
        var connections = Topology.Connections();
        Assert.Contains("[HW_OFFLOAD]", Assert.Single(connections, static line => line.Contains("src=192.168.1.2 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("[OFFLOAD]", Assert.Single(connections, static line => line.Contains("src=192.168.1.3 ", StringComparison.Ordinal)), StringComparison.Ordinal);

        var plan = ProgramCall.Run(topology, "plan").Output;
        Assert.Contains("unknown: this kernel hides refusals", plan, StringComparison.Ordinal);
        daemon.Stop();
    }

    [Fact]
    public void A_shaped_device_stays_in_software_as_long_as_it_is_shaped()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        using (var flows = new HardwareFlows())
        {
            var shaping = QueueExchange.Run("qdisc", "replace", "dev", "wan", "root", "cake", "bandwidth", "1gbit");
            Eventually.Is(static () => SwitchChip.Entries.Length == 0, "the chip is empty", TimeSpan.FromSeconds(3));
            SwitchChip.AwaitBound(0);

            var queued = Queued();
            using (var requests = new Traffic(Topology.Server4, $"--udp --count {Requests} --rate {Guest.Bears(1000)}"))
                Assert.Equal(0, requests.AwaitDone().Lost);
            Assert.InRange(Queued() - queued, Requests, long.MaxValue);
            flows.LostNoMoreThan(shaping);
        }

        using Traffic v4 = new(Topology.Server4, "--udp --count 0 --rate 100"), v6 = new(Topology.Server6, "--udp --count 0 --rate 100");
        v4.AwaitRunning();
        v6.AwaitRunning();
        var unshaping = QueueExchange.Run("qdisc", "del", "dev", "wan", "root");
        SwitchChip.AwaitBound(1, TimeSpan.FromSeconds(2));
        SwitchChip.AwaitEntries(4);
        Assert.InRange(v4.Stop().Lost + v6.Stop().Lost, 0, unshaping);
    }

    /// <summary>Packets that the wan's queueing discipline has seen.</summary>
    private static long Queued()
    {
        using var json = JsonDocument.Parse(Topology.InRouter("tc", "-j", "-s", "qdisc", "show", "dev", "wan", "root"));
        return json.RootElement[0].GetProperty("packets").GetInt64();
    }
}
