using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Chip;

/// <summary>The lab's chip carries every kind of connection that a kernel gives to hardware.</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("routed v4", "", Topology.Server4, "", "lan, wan")]
    [InlineData("routed v6, UDP", "", Topology.Server6, "--udp", "lan, wan")]
    [InlineData("masquerade v4", "--nat", Topology.Server4, "", "lan, wan")]
    [InlineData("masquerade v4, UDP", "--nat", Topology.Server4, "--udp", "lan, wan")]
    [InlineData("masquerade v6", "--nat6", Topology.Server6, "", "lan, wan")]
    [InlineData("masquerade v6, UDP", "--nat6", Topology.Server6, "--udp", "lan, wan")]
    [InlineData("VLAN", "--wan vlan --nat", Topology.Server4, "", "lan, wan")]
    [InlineData("VLAN v6, UDP", "--wan vlan", Topology.Server6, "--udp", "lan, wan")]
    [InlineData("PPPoE", "--wan pppoe --nat", Topology.Server4, "", "lan, wan")]
    [InlineData("PPPoE v6, UDP", "--wan pppoe", Topology.Server6, "--udp", "lan, wan")]
    [InlineData("PPPoE on a VLAN", "--wan pppoe-vlan --nat", Topology.Server4, "", "lan, wan")]
    [InlineData("PPPoE on a VLAN v6, UDP", "--wan pppoe-vlan", Topology.Server6, "--udp", "lan, wan")]
    public void Chip_carries_both_directions(string path, string options, string server, string traffic, string devices)
    {
        using var topology = new Topology($"{options} --chip lan,wan");
        PlainFlowtable.Make(devices);
        CarriedRequests.AssertCarried(path, server, traffic);
    }

    [Fact]
    public void Chip_carries_what_comes_through_a_bridge()
    {
        using var topology = new Topology("--lan bridge --nat --chip lan1,wan");
        PlainFlowtable.Make("lan1, wan");
        CarriedRequests.AssertCarried("bridge port", Topology.Server4);
    }

    [Fact]
    public void Chip_carries_a_port_forward()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        using var service = new BackgroundProcess("ip", "netns", "exec", "client", LabFiles.Traffic, "serve");
        service.AwaitLine("ready");
        Topology.InRouter("nft", """
            insert rule inet fw4 forward ct status dnat accept
            add chain inet fw4 dstnat { type nat hook prerouting priority dstnat; }
            add rule inet fw4 dstnat iifname wan tcp dport 5001 dnat ip to 192.168.1.2
            """);
        PlainFlowtable.Make("lan, wan");
        CarriedRequests.AssertCarried("port forward", "203.0.113.5", client: "server");
    }
}
