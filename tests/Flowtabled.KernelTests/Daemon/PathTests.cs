using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Every kind of path is bypassed in both directions: conntrack says [OFFLOAD], and the forward hook sees next to nothing.</summary>
public sealed class PathTests
{
    private const int Requests = 1000;
    private const int AtMost = Requests / 100;

    [Theory]
    [InlineData("routed v4", "", Topology.Server4, "", "lan wan")]
    [InlineData("routed v6", "", Topology.Server6, "", "lan wan")]
    [InlineData("masquerade v4", "--nat", Topology.Server4, "", "lan wan")]
    [InlineData("UDP", "--nat", Topology.Server4, "--udp", "lan wan")]
    [InlineData("UDP v6", "--nat", Topology.Server6, "--udp", "lan wan")]
    [InlineData("VLAN WAN", "--wan vlan --nat", Topology.Server4, "", "lan wan")]
    [InlineData("PPPoE WAN", "--wan pppoe --nat", Topology.Server4, "", "lan wan")]
    [InlineData("PPPoE on a VLAN, bridge", "--wan pppoe-vlan --lan bridge --nat", Topology.Server4, "", "br-lan wan")]
    [InlineData("bridge port", "--lan bridge --nat", Topology.Server4, "", "br-lan wan")]
    [InlineData("tunnel", "--wan wireguard --nat", Topology.Server4, "", "lan wan wg0")]
    public void Is_bypassed(string path, string options, string server, string traffic, string devices)
    {
        using var topology = new Topology(options);
        using var daemon = new RunningDaemon(topology);
        Assert.Equal(devices, Topology.FlowtableDevices());

        var (connection, seen) = Send(server, traffic);
        Assert.Contains("[OFFLOAD]", connection, StringComparison.Ordinal);
        Assert.True(seen.Original <= AtMost && seen.Reply <= AtMost, $"{path}: the forward hook saw {seen.Original} + {seen.Reply} of {Requests} each");
        Assert.Equal(0, daemon.Stop());
    }

    [Theory]
    [InlineData("firewall", "flow_offloading '1'", "flow_offloading '0'")]
    [InlineData("flowtabled", "", "config flowtabled 'main'\n\toption enabled '0'\n")]
    public void Nothing_is_bypassed_when_it_is_off(string package, string on, string off)
    {
        using var topology = new Topology("--nat");
        topology.Commit(package, on.Length == 0 ? off : topology.ReadPackage(package).Replace(on, off, StringComparison.Ordinal));
        using var daemon = new RunningDaemon(topology);
        Assert.Equal("none", Topology.FlowtableDevices());

        var (connection, seen) = Send(Topology.Server4, "");
        Assert.DoesNotContain("OFFLOAD", connection, StringComparison.Ordinal);
        Assert.True(seen.Original >= Requests && seen.Reply >= Requests, $"the forward hook saw only {seen.Original} + {seen.Reply}");
    }

    private static (string Connection, (long Original, long Reply) Seen) Send(string server, string traffic)
    {
        Topology.ResetSeen();
        using var requests = new Traffic(server, $"--count {Requests} --rate 1000 --hold {traffic}");
        var result = requests.AwaitDone();
        Assert.Equal((Requests, 0), (result.Received, result.Lost));
        return (Assert.Single(Topology.Connections()), Topology.Seen);
    }
}
