using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The daemon as service managers run it.</summary>
public sealed class ServiceTests
{
    private const string OneCapability = "setpriv --bounding-set -all,+net_admin --inh-caps -all,+net_admin --no-new-privs";

    [Fact]
    public void It_needs_one_capability_alone()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption hw_flow_timeout '4'\n");
        using var daemon = new RunningDaemon(topology, wrapper: OneCapability);
        using var traffic = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        traffic.AwaitRunning();
        SwitchChip.AwaitEntries(2);

        Assert.Equal("4", Topology.InRouterShell("cat /proc/sys/net/netfilter/nf_flowtable_udp_timeout").Trim());
        Assert.Equal("0000000000001000", Topology.InRouterShell($"awk '/^CapEff/ {{ print $2 }}' /proc/{daemon.Process.Id}/status").Trim());
        Assert.Equal(0, daemon.Stop());
        Assert.Empty(SwitchChip.Entries);
        Assert.Equal(0, traffic.Stop().Lost);
    }

    [Fact]
    public void Who_says_that_it_begins_again_finds_the_table()
    {
        using var topology = new Topology("");
        var notice = Path.Combine(topology.RunDirectory, "flowtabled", "keep");
        string handle;
        using (var first = new RunningDaemon(topology))
        {
            handle = TableHandle();
            File.WriteAllText(notice, "");
            Assert.Equal(0, first.Stop());
        }

        using var second = new RunningDaemon(topology);
        Assert.Equal(handle, TableHandle());
        Assert.False(File.Exists(notice));
        Assert.Equal(0, second.Stop());
        Assert.Empty(TableHandle());
    }

    private static string TableHandle() =>
        Topology.InRouterShell("nft -a list tables | sed -n 's/^table inet flowtabled # handle //p'").Trim();
}
