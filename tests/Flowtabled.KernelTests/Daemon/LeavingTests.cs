using System.Globalization;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>What cannot be moved out of hardware, and how long an end waits for it; <c>hw_flow_timeout</c> and <c>drain_timeout</c>.</summary>
public sealed class LeavingTests
{
    private const string Staying = "staying in hardware until they end: 4 connections (the conntrack table is full)";

    [Fact]
    public void What_cannot_be_moved_is_drained_and_the_timeouts_are_put_back_even_after_a_kill()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption hw_flow_timeout '4'\n\toption drain_timeout '15'\n");
        Timeouts = 31;
        using var killed = new RunningDaemon(topology);
        Assert.Equal((4, 4), (Timeouts, Timeout("udp")));
        using var flows = new HardwareFlows();

        using (new FullConntrack())
        {
            killed.Process.Signal("TERM");
            killed.Process.AwaitLine(Staying);
            Eventually.Is(static () => Timeouts == 0, "flows are let go");
            killed.Kill();

            using var daemon = new RunningDaemon(topology);
            Assert.Equal(4, Timeouts);
            SwitchChip.AwaitEntries(8);
            Assert.Equal(0, daemon.Stop());

            Assert.Contains(daemon.Log, static line => line.Contains(Staying, StringComparison.Ordinal));
            Assert.DoesNotContain(daemon.Log, static line => line.Contains("have not left", StringComparison.Ordinal));
        }

        Assert.Empty(SwitchChip.Entries);
        Assert.Equal(["fts0 0", "fts1 0"], SwitchChip.Bound);
        Assert.Equal((31, 31), (Timeouts, Timeout("udp")));
        Assert.Empty(Directory.GetFiles(Path.Combine(topology.RunDirectory, "flowtabled")));
        flows.LostNothing();
    }

    [Fact]
    public void What_does_not_leave_in_time_stays_until_the_next_start_or_apply()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption drain_timeout '1'\n");
        using var daemon = new RunningDaemon(topology);
        using var flows = new HardwareFlows();
        var timeout = Timeouts;

        using (new FullConntrack())
        {
            Assert.Equal(0, daemon.Stop());
            daemon.Process.AwaitLine("flows have not left the hardware, so table flowtabled_hw stays, without a rule");
            Assert.Equal(8, SwitchChip.Entries.Length);
            Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);
            Assert.Equal(timeout, Timeouts);

            topology.RefuseHardware();
            var early = ProgramCall.Run(topology, "apply");
            Assert.Equal(1, early.Status);
            Assert.StartsWith(Staying + "\n", early.Error, StringComparison.Ordinal);
            Assert.EndsWith(
                "flowtabled apply: flows have not left the hardware within 1 s: 4 connections (the conntrack table is full); "
                    + "no further one goes in, and 'flowtabled apply' does the rest when they have\n",
                early.Error,
                StringComparison.Ordinal);
            Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);
        }

        topology.Commit("flowtabled", "");
        var apply = ProgramCall.Run(topology, "apply");

        Assert.Equal((0, "moved out of hardware: 4 connections\n"), (apply.Status, apply.Error));
        Assert.Contains("applied, in one batch:\n  delete table inet flowtabled_hw\n", apply.Output, StringComparison.Ordinal);
        Assert.Empty(SwitchChip.Entries);
        Assert.Equal(["fts0 0", "fts1 0"], SwitchChip.Bound);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        flows.AreInSoftwareAndLostNothing();
    }

    private static int Timeouts
    {
        get => Timeout("tcp");
        set => Topology.InRouterShell($"sysctl -qw net.netfilter.nf_flowtable_tcp_timeout={value} net.netfilter.nf_flowtable_udp_timeout={value}");
    }

    private static int Timeout(string protocol) => int.Parse(
        Topology.InRouter("cat", $"/proc/sys/net/netfilter/nf_flowtable_{protocol}_timeout"), CultureInfo.InvariantCulture);
}
