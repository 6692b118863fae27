using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The configuration changes while the daemon runs.</summary>
public sealed class ConfigChangeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private const string Devices = "lan wan";

    [Fact]
    public void A_file_that_breaks_costs_no_flow_and_is_applied_when_it_is_repaired()
    {
        using var topology = new Topology("--nat");
        using var daemon = new RunningDaemon(topology);
        using var flow = new RunningFlow();
        var good = topology.ReadPackage("firewall");

        topology.Commit("firewall", "config defaults\n\toption flow_offloading '1\n");
        var problem = daemon.Process.AwaitLine("Parse error");
        Assert.Contains($"{topology.ConfigDirectory}/firewall: Parse error (EOF with unterminated ') at line ", problem, StringComparison.Ordinal);
        Assert.Equal(Devices, Topology.FlowtableDevices());
        flow.WasNotDisturbed();

        topology.Commit("firewall", good.Replace("flow_offloading '1'", "flow_offloading '0'", StringComparison.Ordinal));
        Eventually.Is(() => Topology.FlowtableDevices() == "none", "offloading is off", Second);
        daemon.Process.AwaitLine("no longer: ");
        topology.Commit("firewall", good);
        Eventually.Is(() => Topology.FlowtableDevices() == Devices, "offloading is on again", Second);
        Assert.Single(daemon.Log, static line => line.Contains("Parse error", StringComparison.Ordinal) && !line.StartsWith("no longer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_broken_at_the_start_changes_nothing_until_it_is_repaired()
    {
        using var topology = new Topology("");
        using (var before = new RunningDaemon(topology, "--keep"))
            before.Stop();
        var good = topology.ReadPackage("network");
        topology.Commit("network", "config interface 'lan'\n\tfoo\n");

        using var daemon = new RunningDaemon(topology);
        daemon.Process.AwaitLine("Parse error (invalid command) at line 2");
        Assert.Equal(0, daemon.Batches);
        Assert.Equal(Devices, Topology.FlowtableDevices());

        topology.Commit("network", good);
        daemon.Process.AwaitLine("no longer: ");
        // To own the table takes one message.
        var batches = GuestKernel.HasPersistentTables ? 1 : 0;
        Eventually.Is(() => daemon.Batches == batches, "the table is adopted", Second);
        Assert.Equal(Devices, Topology.FlowtableDevices());
    }

    [Fact]
    public void A_hangup_reads_the_configuration_again()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        daemon.AwaitCalm();
        var cost = daemon.Cost(() => daemon.Process.Signal("HUP"));
        Assert.Equal((1, 0), cost);
    }

    [Fact]
    public void The_log_level_follows_and_trace_shows_each_datagram()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        Assert.DoesNotContain(daemon.Log, static line => line.StartsWith("sent ", StringComparison.Ordinal));

        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption log_level 'trace'\n");
        daemon.AwaitCalm(); // The pass that reads the level is over before the one that shows it.
        daemon.Cost(() => daemon.Process.Signal("HUP"));
        Assert.Contains(daemon.Log, static line => line.StartsWith("sent ", StringComparison.Ordinal));
        Assert.Contains(daemon.Log, static line => line.EndsWith("|  type | flags  |", StringComparison.Ordinal));

        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption log_level 'warning'\n");
        daemon.AwaitCalm();
        var quiet = daemon.Log.Length;
        daemon.Cost(() => daemon.Process.Signal("HUP"));
        Assert.Equal(quiet, daemon.Log.Length);
    }

    [Fact]
    public void An_excluded_device_is_kept_out_in_both_directions()
    {
        using var topology = new Topology("--nat");
        topology.Commit("flowtabled", "config device\n\toption name 'wan'\n\toption exclude '1'\n");
        using var daemon = new RunningDaemon(topology);
        Topology.ResetSeen();
        using var traffic = new Traffic(Topology.Server4, "--count 100 --rate 1000 --hold");
        Assert.Equal(100, traffic.AwaitDone().Received);
        Assert.DoesNotContain("OFFLOAD", Assert.Single(Topology.Connections()), StringComparison.Ordinal);
        Assert.True(Topology.Seen is { Original: >= 100, Reply: >= 100 });

        topology.Commit("flowtabled", "");
        Eventually.Is(() => Topology.FlowtableDevices() == Devices, "the device joins", Second);
    }

    [Fact]
    public void A_device_that_is_excluded_takes_its_running_connections_along_out_of_the_chip_too()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        using var flows = new HardwareFlows();

        topology.Commit("flowtabled", "config device\n\toption name 'lan'\n\toption exclude '1'\n");
        Eventually.Is(
            static () => Topology.Connections() is { Length: 4 } lines && !lines.Any(static line => line.Contains("OFFLOAD", StringComparison.Ordinal)),
            "every flow is on the slow path",
            otherwise: () => daemon.Process.Output);

        SwitchChip.AwaitEntries(0);
        flows.LostNothing();
    }

    [Fact]
    public void Observing_touches_nothing()
    {
        using var topology = new Topology("");
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption mode 'observe'\n");
        using var daemon = new RunningDaemon(topology);
        Assert.Equal("none", Topology.FlowtableDevices());
        Assert.Equal(0, daemon.Batches);
    }

    [Fact]
    public void Who_observes_from_now_on_keeps_the_table_until_the_end()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption mode 'observe'\n");
        daemon.AwaitCalm();

        var remedy = GuestKernel.HasPersistentTables ? "it goes when its owner ends: 'service flowtabled stop'" : "'nft delete table inet flowtabled'";
        Assert.Contains(remedy, ProgramCall.Run(topology, "status --json").Output, StringComparison.Ordinal);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        Assert.Equal(0, daemon.Stop());
        Assert.Equal("none", Topology.FlowtableDevices());
    }
}
