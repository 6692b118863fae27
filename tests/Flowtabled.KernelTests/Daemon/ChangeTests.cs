using System.Text;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Devices come and go: one batch for each change, with nothing but the devices that changed, and flows elsewhere run on.</summary>
public sealed class ChangeTests
{
    private const string MoreNetworks =
        """

        config interface 'lan3'
        	option proto 'static'
        	option device 'lan3'

        config interface 'iot'
        	option proto 'static'
        	option device 'trunk.20'

        """;

    [Fact]
    public void A_second_port_joins_and_leaves()
    {
        using var topology = With("--nat");
        using var daemon = new RunningDaemon(topology);
        using var flow = new RunningFlow();
        using var monitor = new RulesetMonitor();

        var joined = daemon.Cost(() => Topology.InRouter("ip", "link", "add", "lan3", "type", "dummy"));
        Assert.Equal((1, 1), joined);
        Assert.Equal("lan lan3 wan", Topology.FlowtableDevices());
        Assert.Equal(["add Flowtable: lan3"], monitor.Take());

        // The kernel drops the device itself and tells nobody: there is nothing to send.
        var left = daemon.Cost(() => Topology.InRouter("ip", "link", "del", "lan3"));
        Assert.Equal(0, left.Batches);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        flow.WasNotDisturbed();
    }

    [Fact]
    public void A_vlan_is_deleted_and_its_port_leaves()
    {
        using var topology = With("--nat");
        Topology.InRouterShell("ip link add trunk type dummy; ip link add link trunk name trunk.20 type vlan id 20; ip link set trunk up");
        using var daemon = new RunningDaemon(topology);
        Assert.Equal("lan trunk wan", Topology.FlowtableDevices());
        using var flow = new RunningFlow();
        using var monitor = new RulesetMonitor();

        var cost = daemon.Cost(() => Topology.InRouter("ip", "link", "del", "trunk.20"));
        Assert.Equal((1, 1), cost);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        Assert.Equal(["delete Flowtable: trunk"], monitor.Take());
        flow.WasNotDisturbed();
    }

    [Fact]
    public void A_pppoe_link_dies_and_comes_back()
    {
        using var topology = With("--wan pppoe --nat");
        using var daemon = new RunningDaemon(topology);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        using var flow = new LanFlow();
        daemon.AwaitCalm();
        flow.Start();
        using var monitor = new RulesetMonitor();

        var died = daemon.Cost(Topology.HangUp);
        Assert.Equal((1, 1), died);
        Assert.Equal("lan lan3", Topology.FlowtableDevices());
        Assert.Equal(["delete Flowtable: wan"], monitor.Take());

        var back = daemon.Cost(Topology.Dial);
        Assert.Equal((1, 1), back);
        Assert.Equal("lan lan3 wan", Topology.FlowtableDevices());
        Assert.Equal(["add Flowtable: wan"], monitor.Take());
        flow.WasNotDisturbed();
    }

    [Fact]
    public void A_hundred_link_events_make_at_most_three_passes()
    {
        using var topology = With("--nat");
        using var daemon = new RunningDaemon(topology);
        daemon.AwaitCalm();
        var batch = Path.Combine(topology.RunDirectory, "links");
        File.WriteAllLines(batch, Enumerable.Range(0, 100).Select(i => $"link add name burst{i} type dummy"));
        var cost = daemon.Cost(() => Topology.InRouter("ip", "-batch", batch));
        Assert.InRange(cost.Passes, 1, 3);
        Assert.Equal(0, cost.Batches);
    }

    [Fact]
    public void A_renamed_device_is_one_that_left_and_one_that_came()
    {
        using var topology = With("--nat");
        Topology.InRouter("ip", "link", "add", "lan3", "type", "dummy");
        using var daemon = new RunningDaemon(topology);
        Assert.Equal("lan lan3 wan", Topology.FlowtableDevices());
        daemon.Cost(() => Topology.InRouter("ip", "link", "set", "lan3", "name", "spare"));
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        daemon.Cost(() => Topology.InRouter("ip", "link", "set", "spare", "name", "lan3"));
        Assert.Equal("lan lan3 wan", Topology.FlowtableDevices());
    }

    [Fact]
    public void A_device_whose_name_is_odd_but_legal_is_taken()
    {
        const string name = "l\u00e4n\"'$;{}";
        using var topology = With("--nat");
        topology.Commit("network", topology.ReadPackage("network").Replace("option device 'lan3'", "option device \"" + name.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"", StringComparison.Ordinal));
        using var daemon = new RunningDaemon(topology);
        var cost = daemon.Cost(() => Topology.InRouter("ip", "link", "add", "name", name, "type", "dummy"));
        Assert.Equal(1, cost.Batches);
        var bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name)); // As nft's output is read.
        Assert.Contains(bytes, Topology.InRouter("nft", "list", "table", "inet", "flowtabled"), StringComparison.Ordinal);
    }

    private static Topology With(string options)
    {
        var topology = new Topology(options);
        topology.Commit("network", topology.ReadPackage("network") + MoreNetworks);
        topology.Commit("firewall", topology.ReadPackage("firewall").Replace("list network 'lan'", "list network 'lan'\n\tlist network 'lan3'\n\tlist network 'iot'", StringComparison.Ordinal));
        return topology;
    }
}
