using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Chip;

/// <summary>The lab's chip carries every kind of connection that a kernel gives to hardware.</summary>
public sealed class PathTests
{
    private const int Requests = 1000;
    private const int AtMost = Requests / 20;

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
        AssertCarried(path, server, traffic);
    }

    [Fact]
    public void Chip_carries_what_comes_through_a_bridge()
    {
        using var topology = new Topology("--lan bridge --nat --chip lan1,wan");
        PlainFlowtable.Make("lan1, wan");
        AssertCarried("bridge port", Topology.Server4, "");
    }

    [Fact]
    public void Chip_carries_a_port_forward()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        using var service = new BackgroundProcess("ip", "netns", "exec", "client", LabFiles.Program("traffic"), "serve");
        service.AwaitLine("ready");
        Topology.InRouter("nft", """
            insert rule inet fw4 forward ct status dnat accept
            add chain inet fw4 dstnat { type nat hook prerouting priority dstnat; }
            add rule inet fw4 dstnat iifname wan tcp dport 5001 dnat ip to 192.168.1.2
            """);
        PlainFlowtable.Make("lan, wan");
        AssertCarried("port forward", "203.0.113.5", "", client: "server");
    }

    /// <summary>Of paced requests and their answers the chip carries over 95 %, the forward hook sees under 5 %, and none is lost.</summary>
    private static void AssertCarried(string path, string server, string traffic, string client = "client")
    {
        Topology.ResetSeen();
        using var requests = new Traffic(server, $"--count {Requests} --hold {traffic}", client);
        var result = requests.AwaitDone();
        var (lan, wan, seen) = (SwitchChip.Lan.Forwarded, SwitchChip.Wan.Forwarded, Topology.Seen);
        Assert.Equal((Requests, 0), (result.Received, result.Lost));
        Assert.Contains("[HW_OFFLOAD]", Assert.Single(Topology.Connections()), StringComparison.Ordinal);
        Assert.Equal(2, SwitchChip.Entries.Length);
        Assert.True(lan > Requests - AtMost && wan > Requests - AtMost, $"{path}: the chip carried {lan} + {wan} of {Requests} each");
        Assert.True(seen.Original < AtMost && seen.Reply < AtMost, $"{path}: the forward hook saw {seen.Original} + {seen.Reply} of {Requests} each");
    }
}
