namespace Flowtabled.KernelTests.Lab;

/// <summary>An offloaded UDP connection between two ports of the router, lan and lan3, that has nothing to do with the WAN.</summary>
internal sealed class LanFlow : IDisposable
{
    private const string Address = "192.168.3.2";

    private BackgroundProcess? _server;
    private Traffic? _traffic;

    /// <summary>Plugs a host into lan3 and starts the connection.</summary>
    public void Start()
    {
        Command.Run("sh", "-euc", $"""
            ip netns add host3
            ip link add lan3 netns router type veth peer name eth0 netns host3
            ip -n router addr add 192.168.3.1/24 dev lan3
            ip -n router link set lan3 up
            ip -n host3 addr add {Address}/24 dev eth0
            ip -n host3 link set eth0 up
            ip -n host3 route add default via 192.168.3.1
            ip netns exec router nft insert rule inet fw4 forward iifname lan3 accept
            ip netns exec router nft insert rule inet fw4 forward oifname lan3 accept
            """);
        _server = new BackgroundProcess("ip", "netns", "exec", "host3", LabFiles.Traffic, "serve");
        _server.AwaitLine("ready");
        _traffic = new Traffic(Address, "--udp --count 0 --rate 100");
        _traffic.AwaitRunning();
        Eventually.Is(IsOffloaded, "the flow between the ports is offloaded", otherwise: () => string.Join('\n', Topology.Connections()));
        Topology.AwaitNothingSeen();
    }

    /// <summary>It is offloaded still, and no packet of it was lost.</summary>
    public void WasNotDisturbed()
    {
        Assert.True(IsOffloaded());
        Topology.AssertHardlySeen();
        Assert.Equal(0, _traffic!.Stop().Lost);
    }

    public void Dispose()
    {
        _traffic?.Dispose();
        _server?.Dispose();
        Command.Run("sh", "-c", "ip netns del host3 2>/dev/null; true");
    }

    private static bool IsOffloaded() =>
        Topology.Connections().Any(static line => line.Contains(Address, StringComparison.Ordinal) && line.Contains("[OFFLOAD]", StringComparison.Ordinal));
}
