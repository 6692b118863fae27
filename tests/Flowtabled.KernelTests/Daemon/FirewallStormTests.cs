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

    [Fact]
    public void What_it_put_into_hardware_stays_there_until_it_ends()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var firewall = new RecordedFirewall("hardware");
        using var flows = new HardwareFlows();
        var entries = Cookies();

        using var daemon = new RunningDaemon(topology);
        daemon.AwaitCalm();

        Assert.Equal((false, true, true), RecordedFirewall.Now);
        Assert.Equal(["fts0 2", "fts1 2"], SwitchChip.Bound);
        Assert.Equal(entries, Cookies());
        flows.LostNothing();
        Topology.InRouter("conntrack", "-F");
        SwitchChip.AwaitEntries(0);

        static string[] Cookies() => [.. SwitchChip.Entries.Select(static entry => entry.Split(' ')[0])];
    }
}
