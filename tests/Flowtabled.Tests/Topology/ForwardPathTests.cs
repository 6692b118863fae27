using Flowtabled.Engine.Topology;

namespace Flowtabled.Tests.Topology;

public class ForwardPathTests
{
    [Fact]
    public void A_port_is_its_own_end()
    {
        var path = Walk(new Net().Port("eth0"), "eth0");

        Assert.Equal(["eth0"], Names(path.Ends));
        Assert.Equal(0, path.Encapsulations);
        Assert.Null(path.Bridge);
    }

    [Fact]
    public void Vlans_and_pppoe_lead_down_to_the_port()
    {
        var path = Walk(new Net().Port("eth0").Vlan("eth0.7", "eth0", 7).Pppoe("pppoe-wan", "eth0.7"), "pppoe-wan");

        Assert.Equal(["pppoe-wan", "eth0.7", "eth0"], Names(path.Stack));
        Assert.Equal(["eth0"], Names(path.Ends));
        Assert.Equal(2, path.Encapsulations);
    }

    [Fact]
    public void A_dsa_port_is_the_end_and_its_conduit_is_not()
    {
        var path = Walk(new Net().Port("eth0").Dsa("wan", "eth0").Vlan("wan.7", "wan", 7), "wan.7");

        Assert.Equal(["wan"], Names(path.Ends));
    }

    [Fact]
    public void The_other_end_of_a_veth_is_not_below_it()
    {
        var net = new Net().Other("v0", DeviceKind.Veth, "veth").Other("v1", DeviceKind.Veth, "veth");
        net.Change("v0", static device => device with { LowerIndex = 2 });

        Assert.Equal(["v0"], Names(Walk(net, "v0").Ends));
    }

    [Theory]
    [InlineData(DeviceKind.Tunnel, "wireguard")]
    [InlineData(DeviceKind.Macvlan, "macvlan")]
    [InlineData(DeviceKind.Bond, "bond")]
    public void What_the_kernel_does_not_look_into_is_the_end(DeviceKind kind, string kernelKind)
    {
        var net = new Net().Port("eth0").Other("x0", kind, kernelKind).Vlan("x0.5", "x0", 5);
        net.Change("x0", static device => device with { LowerIndex = 1 });

        Assert.Equal(["x0"], Names(Walk(net, "x0.5").Ends));
    }

    [Fact]
    public void A_bridge_leads_to_the_ends_below_each_of_its_ports()
    {
        var net = new Net()
            .Port("eth0", "wlan0").Vlan("eth0.1", "eth0", 1).Bridge("br-lan", "eth0.1", "wlan0").Vlan("br-lan.20", "br-lan", 20);

        var path = Walk(net, "br-lan.20");

        Assert.Equal("br-lan", path.Bridge?.Name);
        Assert.Equal(["br-lan.20", "br-lan"], Names(path.Stack));
        Assert.Equal(["eth0", "wlan0"], Names(path.Ends));
    }

    [Fact]
    public void A_bridge_without_ports_leads_nowhere() => Assert.Empty(Walk(new Net().Bridge("br-lan"), "br-lan").Ends);

    [Fact]
    public void A_lower_device_in_another_namespace_makes_the_vlan_the_end()
    {
        var net = new Net().Port("eth0").Vlan("eth0.7", "eth0", 7);

        Assert.Equal(["eth0.7"], Names(Walk(net.Change("eth0.7", static device => device with { LowerIndex = null }), "eth0.7").Ends));
        Assert.Equal(["eth0.7"], Names(Walk(net.Change("eth0.7", static device => device with { LowerIndex = 99 }), "eth0.7").Ends));
    }

    [Fact]
    public void Devices_that_stand_on_one_another_have_no_end()
    {
        var net = new Net().Port("eth0").Vlan("a", "eth0", 1).Vlan("b", "a", 2);
        net.Change("a", static device => device with { LowerIndex = 3 });

        var path = Walk(net, "b");

        Assert.Equal(["b", "a"], Names(path.Stack));
        Assert.Empty(path.Ends);
    }

    [Fact]
    public void Bridges_that_are_ports_of_one_another_have_no_end()
    {
        var net = new Net().Bridge("br0").Bridge("br1", "br0");
        net.Change("br1", static device => device with { MasterIndex = 1 });

        Assert.Empty(Walk(net, "br0").Ends);
    }

    [Fact]
    public void A_graph_finds_by_name_and_index_and_takes_the_later_of_two()
    {
        var old = new Device { Index = 1, Name = "old", Kind = DeviceKind.Physical };
        var graph = new DeviceGraph([old, old with { Name = "new" }]);

        Assert.Equal("new", graph.Find(1)?.Name);
        Assert.Equal(1, graph.Find("new")?.Index);
        Assert.Null(graph.Find("old"));
        Assert.Null(graph.Find(2));
    }

    private static ForwardPath Walk(Net net, string name)
    {
        var graph = net.Graph;
        return ForwardPath.Walk(graph, graph.Find(name)!);
    }

    private static IEnumerable<string> Names(IEnumerable<Device> devices) => devices.Select(static device => device.Name);
}
