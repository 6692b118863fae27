using Flowtabled.Engine.Config;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Policy;

/// <summary>At which device of its stack an l3 device is taken.</summary>
public class LevelTests
{
    // LAN ports under a bridge, WAN by PPPoE on a VLAN.
    private static Net Home => new Net()
        .Port("eth0", "eth1", "lan1", "lan2", "wlan0")
        .Bridge("br-lan", "lan1", "lan2", "wlan0")
        .Vlan("eth1.7", "eth1", 7)
        .Pppoe("pppoe-wan", "eth1.7");

    [Fact]
    public void Pppoe_on_a_vlan_goes_down_to_the_port_and_a_bridge_stays()
    {
        var router = new Router(Home).Network("lan", "br-lan").Network("wan", "pppoe-wan").Network("wan6", "pppoe-wan");

        Assert.Equal(["br-lan", "eth1"], router.Hooked());
        Assert.Equal((Outcome.In, ReasonCode.Bridge), Of(router["br-lan"]));
        Assert.Equal((Outcome.Moved, ReasonCode.Lower), Of(router["pppoe-wan"]));
        Assert.Equal(["eth1"], router["pppoe-wan"].HookedAt);
        Assert.Equal(["wan", "wan6"], router["pppoe-wan"].Networks);
        Assert.Equal("its packets come in there, as PPPoE in VLAN 7", router["pppoe-wan"].Reason);
        Assert.Equal((Outcome.In, ReasonCode.Carries), Of(router["eth1"]));
        Assert.Equal("carries pppoe-wan", router["eth1"].Reason);
    }

    [Fact]
    public void A_plain_port_is_in_itself()
    {
        var router = new Router(Home).Network("wan", "eth0");

        Assert.Equal(["eth0"], router.Hooked());
        Assert.Equal((Outcome.In, ReasonCode.Port), Of(router["eth0"]));
    }

    [Fact]
    public void Two_networks_on_one_port_are_one_entry_with_both_reasons()
    {
        var router = new Router(Home.Vlan("eth1.8", "eth1", 8))
            .Network("wan", "pppoe-wan").Network("iptv", "eth1.8").Network("modem", "eth1");

        Assert.Equal(["eth1"], router.Hooked());
        Assert.Equal("a port: packets come in here; carries eth1.8, pppoe-wan", router["eth1"].Reason);
        Assert.Equal(["modem"], router["eth1"].Networks);
    }

    [Fact]
    public void Two_vlan_headers_are_taken_off_and_three_are_not()
    {
        var net = new Net()
            .Port("eth0", "eth1").Vlan("a", "eth0", 1).Vlan("b", "a", 2).Vlan("c", "eth1", 1).Vlan("d", "c", 2).Vlan("e", "d", 3);
        var router = new Router(net).Network("two", "b").Network("three", "e");

        Assert.Equal(["e", "eth0"], router.Hooked());
        Assert.Equal((Outcome.In, ReasonCode.TooDeep), Of(router["e"]));
    }

    [Fact]
    public void What_stands_on_a_bridge_stays()
    {
        var net = Home.Vlan("br-lan.20", "br-lan", 20).Port("eth2").Bridge("br-wan", "eth2").Pppoe("pppoe-b", "br-wan");
        var router = new Router(net).Network("iot", "br-lan.20").Network("wan", "pppoe-b");

        Assert.Equal(["br-lan.20", "pppoe-b"], router.Hooked());
        Assert.Equal((Outcome.In, ReasonCode.AboveBridge), Of(router["br-lan.20"]));
        Assert.Equal((Outcome.In, ReasonCode.AboveBridge), Of(router["pppoe-b"]));
    }

    [Theory]
    [InlineData(DeviceKind.Tunnel, "wireguard")]
    [InlineData(DeviceKind.Bond, "bond")]
    [InlineData(DeviceKind.Macvlan, "macvlan")]
    [InlineData(DeviceKind.Ppp, "ppp")]
    [InlineData(DeviceKind.Other, "batadv")]
    public void Where_the_kernel_looks_no_further_the_device_itself_is_in(DeviceKind kind, string kernelKind)
    {
        var router = new Router(Home.Other("x0", kind, kernelKind)).Network("x", "x0");

        Assert.Equal(["x0"], router.Hooked());
        Assert.Equal((Outcome.In, ReasonCode.EndOfPath), Of(router["x0"]));
    }

    [Fact]
    public void A_dsa_port_is_where_a_vlan_goes()
    {
        var router = new Router(new Net().Port("eth0").Dsa("wan", "eth0").Vlan("wan.7", "wan", 7)).Network("wan", "wan.7");

        Assert.Equal(["wan"], router.Hooked());
    }

    [Theory]
    [InlineData("cake")]
    [InlineData("htb")]
    [InlineData("hfsc")]
    [InlineData("tbf")]
    [InlineData("ingress")]
    public void A_shaper_above_the_port_keeps_the_hook_at_the_l3_device(string kind)
    {
        // The kernel knows the end of the path and the l3 device only: a hook on eth1.7 would see nothing.
        foreach (var shaped in (string[])["pppoe-wan", "eth1.7"])
        {
            var router = new Router(Home.Qdiscs(shaped, "fq_codel", kind)).Network("wan", "pppoe-wan");

            Assert.Equal(["pppoe-wan"], router.Hooked());
            Assert.Equal((Outcome.In, ReasonCode.Shaped), Of(router["pppoe-wan"]));
            Assert.StartsWith($"{kind} on {shaped} ", router["pppoe-wan"].Reason);
        }
    }

    [Fact]
    public void A_shaper_at_the_port_sees_every_packet_anyway()
    {
        var router = new Router(Home.Qdiscs("eth1", "cake", "ingress")).Network("wan", "pppoe-wan");

        Assert.Equal(["eth1"], router.Hooked());
    }

    [Fact]
    public void Queues_that_the_kernel_makes_by_itself_shape_nothing()
    {
        var net = Home.Qdiscs("pppoe-wan", "fq_codel").Qdiscs("eth1.7", "noqueue", "mq", "pfifo_fast");
        var router = new Router(net).Network("wan", "pppoe-wan");

        Assert.Equal(["eth1"], router.Hooked());
    }

    [Fact]
    public void Option_level_goes_first()
    {
        var self = new Router(Home).Network("wan", "pppoe-wan").Level("pppoe-wan", DeviceLevel.Self);
        var port = new Router(Home.Qdiscs("pppoe-wan", "cake")).Network("wan", "pppoe-wan").Level("pppoe-wan", DeviceLevel.Port);

        Assert.Equal(["pppoe-wan"], self.Hooked());
        Assert.Equal((Outcome.In, ReasonCode.Level), Of(self["pppoe-wan"]));
        Assert.Equal(["eth1"], port.Hooked());
        Assert.Equal((Outcome.Moved, ReasonCode.Level), Of(port["pppoe-wan"]));
    }

    [Fact]
    public void Level_port_of_a_bridge_is_its_ports_without_the_excluded()
    {
        var router = new Router(Home).Network("lan", "br-lan").Level("br-lan", DeviceLevel.Port).Exclude("wlan0");

        Assert.Equal(["lan1", "lan2"], router.Hooked());
        Assert.Equal(["lan1", "lan2"], router["br-lan"].HookedAt);
    }

    [Fact]
    public void Level_port_of_a_bridge_whose_ports_are_all_excluded_is_out()
    {
        var net = new Net().Port("lan1").Bridge("br-lan", "lan1");
        var router = new Router(net).Network("lan", "br-lan").Level("br-lan", DeviceLevel.Port).Exclude("lan1");

        Assert.Empty(router.Hooked());
        Assert.Equal((Outcome.Out, ReasonCode.Excluded), Of(router["br-lan"]));
    }

    [Fact]
    public void Level_port_of_a_bridge_without_ports_is_the_bridge()
    {
        var router = new Router(new Net().Bridge("br-lan")).Network("lan", "br-lan").Level("br-lan", DeviceLevel.Port);

        Assert.Equal(["br-lan"], router.Hooked());
    }

    [Fact]
    public void Level_where_it_means_nothing_is_said()
    {
        var finding = Assert.Single(new Router(Home).Network("wan", "pppoe-wan").Level("eth1", DeviceLevel.Self).Decide().Findings);

        Assert.Equal(("level_unused", "eth1"), (finding.Code, finding.Place));
    }

    [Fact]
    public void A_stack_that_cannot_be_read_is_taken_at_its_top()
    {
        var loop = new Net().Port("eth0").Vlan("a", "eth0", 1).Vlan("b", "a", 2);
        loop.Change("a", static device => device with { LowerIndex = 3 });
        var elsewhere = new Net().Port("eth0").Vlan("a", "eth0", 1).Change("a", static device => device with { LowerIndex = null });

        Assert.Equal((Outcome.In, ReasonCode.PathUnknown), Of(new Router(loop).Network("x", "b")["b"]));
        Assert.Equal((Outcome.In, ReasonCode.PathUnknown), Of(new Router(elsewhere).Network("x", "a")["a"]));
    }

    private static (Outcome Outcome, ReasonCode Code) Of(DeviceDecision decision) => (decision.Outcome, decision.Code);
}
