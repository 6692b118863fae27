using Flowtabled.Engine.Config;
using Flowtabled.Engine.Policy;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Policy;

/// <summary>
/// The kernel takes the port wherever a path ends at one that is in the flowtable, so one stack's choice can spoil another's.
/// </summary>
public class SharedPortTests
{
    [Fact]
    public void A_shaped_vlan_keeps_its_neighbours_off_the_port()
    {
        var net = new Net().Port("eth1").Vlan("eth1.7", "eth1", 7).Vlan("eth1.8", "eth1", 8).Qdiscs("eth1.7", "cake", "ingress");
        var router = new Router(net).Network("wan", "eth1.7").Network("iptv", "eth1.8");

        Assert.Equal(["eth1.7", "eth1.8"], router.Hooked());
        Assert.Equal(ReasonCode.Shaped, router["eth1.7"].Code);
        Assert.Equal(ReasonCode.SharedPort, router["eth1.8"].Code);
        Assert.Equal("eth1 below it also carries eth1.7, which must be hooked itself", router["eth1.8"].Reason);
    }

    [Fact]
    public void One_port_for_lan_and_wan_is_not_hooked_below_the_bridge()
    {
        // With eth0 in the flowtable the kernel would resolve br-lan's stations to eth0 as well.
        var net = new Net().Port("eth0", "wlan0").Vlan("eth0.1", "eth0", 1).Vlan("eth0.2", "eth0", 2).Bridge("br-lan", "eth0.1", "wlan0");
        var router = new Router(net).Network("lan", "br-lan").Network("wan", "eth0.2");

        Assert.Equal(["br-lan", "eth0.2"], router.Hooked());
        Assert.Equal(ReasonCode.SharedPort, router["eth0.2"].Code);
    }

    [Fact]
    public void A_vlan_on_a_port_of_the_bridge_is_not_hooked_there_either()
    {
        var net = new Net().Port("eth0", "eth1").Bridge("br-lan", "eth0", "eth1").Vlan("eth0.2", "eth0", 2);
        var router = new Router(net).Network("lan", "br-lan").Network("wan", "eth0.2");

        Assert.Equal(["br-lan", "eth0.2"], router.Hooked());
    }

    [Fact]
    public void A_port_that_is_an_l3_device_itself_is_left_out_with_a_finding()
    {
        var net = new Net().Port("eth0").Vlan("eth0.7", "eth0", 7).Pppoe("pppoe-wan", "eth0.7").Qdiscs("pppoe-wan", "cake", "ingress");
        var router = new Router(net).Network("lan", "eth0").Network("wan", "pppoe-wan");

        Assert.Equal(["pppoe-wan"], router.Hooked());
        Assert.Equal((Outcome.Out, ReasonCode.WouldBypass), (router["eth0"].Outcome, router["eth0"].Code));
        var finding = Assert.Single(router.Decide().Findings);
        Assert.Equal(("port_left_out", "eth0"), (finding.Code, finding.Place));
    }

    [Theory]
    [InlineData("pppoe-wan", DeviceLevel.Port, "eth0")]
    [InlineData("eth0", DeviceLevel.Port, "eth0 pppoe-wan")]
    [InlineData("eth0", DeviceLevel.Self, "eth0 pppoe-wan")]
    public void Option_level_decides_where_both_cannot_be_had(string device, DeviceLevel level, string hooked)
    {
        var net = new Net().Port("eth0").Vlan("eth0.7", "eth0", 7).Pppoe("pppoe-wan", "eth0.7").Qdiscs("pppoe-wan", "cake");
        var router = new Router(net).Network("lan", "eth0").Network("wan", "pppoe-wan").Level(device, level);

        Assert.Equal(hooked.Split(' '), router.Hooked());
        var conflicts = router.Decide().Findings.Select(static finding => finding.Code);
        Assert.Equal(device == "eth0" ? ["level_conflict"] : [], conflicts);
    }

    [Fact]
    public void Level_self_keeps_the_port_out_for_all()
    {
        var net = new Net().Port("eth1").Vlan("eth1.7", "eth1", 7).Vlan("eth1.8", "eth1", 8);
        var router = new Router(net).Network("wan", "eth1.7").Network("iptv", "eth1.8").Level("eth1.7", DeviceLevel.Self);

        Assert.Equal(["eth1.7", "eth1.8"], router.Hooked());
    }

    [Fact]
    public void An_excluded_device_does_not_count()
    {
        var net = new Net().Port("eth1").Vlan("eth1.7", "eth1", 7).Vlan("eth1.8", "eth1", 8).Qdiscs("eth1.7", "cake");
        var router = new Router(net).Network("wan", "eth1.7").Network("iptv", "eth1.8").Exclude("eth1.7");

        Assert.Equal(["eth1"], router.Hooked());
    }
}
