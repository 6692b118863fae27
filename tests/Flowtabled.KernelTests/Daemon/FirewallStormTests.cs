using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The firewall is loaded again and again, as fw4 was recorded to do it, while connections run.</summary>
public sealed class FirewallStormTests(ITestOutputHelper output)
{
    private const int Reloads = 100;
    private const int Flows = 20;

    /// <summary>While reloads come in a row several may share a batch.</summary>
    [Theory]
    [InlineData("software", "--nat")]
    [InlineData("hardware", "--nat --chip lan,wan")]
    public void Each_of_its_reloads_succeeds_and_running_flows_notice_nothing(string recording, string options)
    {
        using var topology = new Topology(options);
        var isHardware = recording == "hardware";
        if (isHardware)
            topology.WantHardware();
        using var firewall = new RecordedFirewall(recording);
        using var daemon = new RunningDaemon(topology);
        using var crowd = new TrafficCrowd(
            Flows / 4,
            [
                $"--rate {TrafficCrowd.PerSecond} {Topology.Server4}", $"--rate {TrafficCrowd.PerSecond} {Topology.Server6}", $"--rate {TrafficCrowd.PerSecond} --udp {Topology.Server4}", $"--rate {TrafficCrowd.PerSecond} --udp {Topology.Server6}",
            ]);
        using var conntrack = NetworkNamespace.Inside("router", static () => ConntrackClient.Open());
        Eventually.Is(() => Offloaded() == Flows, "every flow is offloaded", otherwise: static () => string.Join('\n', Topology.Connections()));
        if (isHardware) // What it does not know it moves.
            Eventually.Is(() => daemon.HardwareNews.Contains($"- {Flows} ", StringComparison.Ordinal), "the daemon has seen them", otherwise: () => daemon.HardwareNews);
        Topology.ResetSeen();
        var fewest = Flows;

        var (_, batches) = daemon.Cost(() =>
        {
            using var reloads = firewall.Reload(Reloads);
            for (var i = 1; i <= Reloads; i++)
            {
                reloads.AwaitLine($"reload {i}");
                fewest = Math.Min(fewest, Offloaded());
                if (isHardware)
                    Assert.Equal(2 * Flows, SwitchChip.Entries.Length);
            }

            Assert.Equal(0, reloads.AwaitEnd());
        });

        output.WriteLine($"{recording}: {batches} batches for {Reloads} reloads, at least {fewest} of {Flows} flows offloaded");
        Assert.InRange(batches, 1, Reloads);
        Assert.InRange(fewest, 0.95 * Flows, Flows);
        Assert.Equal((false, isHardware, isHardware), RecordedFirewall.Now);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        Topology.AssertHardlySeen();
        Assert.True(crowd.Stop().Lost == 0, crowd.Report);
        if (isHardware)
        {
            Topology.InRouter("conntrack", "-F");
            SwitchChip.AwaitEntries(0);
        }

        int Offloaded()
        {
            var counts = conntrack.Count();
            return isHardware ? counts.Hardware : counts.Software;
        }
    }

    /// <summary>Its next run deletes its flowtable, and strands in the chip what is in it still.</summary>
    [Fact]
    public void What_it_put_into_hardware_is_taken_over_with_nothing_lost()
    {
        const string taken = "taken over from the firewall's flowtable: ";
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var firewall = new RecordedFirewall("hardware");
        using var flows = new HardwareFlows();
        using var daemon = new RunningDaemon(topology);
        daemon.Process.AwaitLine(taken + "4 connections");
        Assert.Equal((false, true, true), RecordedFirewall.Now);
        Assert.Equal(["fts0 2", "fts1 2"], SwitchChip.Bound);
        SwitchChip.AwaitEntries(8);
        var entries = Cookies();
        Thread.Sleep(TimeSpan.FromSeconds(3)); // It looks every two seconds, and leaves alone what it has seen before the firewall is loaded.

        // One begins while the firewall is loaded but not taken over yet.
        daemon.Process.Signal("STOP");
        firewall.Load();
        using var late = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        late.AwaitRunning();
        SwitchChip.AwaitEntries(10);
        daemon.Process.Signal("CONT");
        daemon.Process.AwaitLine(taken + "1 connection");
        SwitchChip.AwaitEntries(10);
        Assert.Empty(entries.Except(Cookies()));

        firewall.Load();
        daemon.AwaitCalm();
        Assert.Equal((false, true, true), RecordedFirewall.Now);
        Eventually.Is(static () => (InHardware(), Cookies().Length) == (5, 10), "all are in hardware", otherwise: static () => string.Join('\n', Topology.Connections()));
        Assert.Empty(entries.Except(Cookies()));
        flows.LostNothing();
        Assert.Equal(0, late.Stop().Lost);
        Topology.InRouter("conntrack", "-F");
        SwitchChip.AwaitEntries(0);

        static string[] Cookies() => [.. SwitchChip.Entries.Select(static entry => entry.Split(' ')[0])];

        static int InHardware() => Topology.Connections().Count(static line => line.Contains("[HW_OFFLOAD]", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_hardware_is_not_wanted_here_what_it_put_there_goes_on_in_software()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        using var firewall = new RecordedFirewall("hardware");
        using var flows = new HardwareFlows();

        using var daemon = new RunningDaemon(topology);
        SwitchChip.AwaitBound(0, otherwise: () => daemon.Process.Output);

        Assert.Empty(SwitchChip.Entries);
        Assert.Equal((false, false, false), RecordedFirewall.Now);
        firewall.Load();
        flows.AreInSoftwareAndLostNothing();
    }
}
