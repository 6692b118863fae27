namespace Flowtabled.KernelTests.Lab;

/// <summary>An offloaded UDP connection, which shows every packet that is lost, from the client to the server that runs while something else changes.</summary>
internal sealed class RunningFlow : IDisposable
{
    private readonly Traffic _traffic = new(Topology.Server4, "--udp --count 0 --rate 100");

    public RunningFlow()
    {
        _traffic.AwaitRunning();
        Eventually.Is(Topology.IsOffloaded, "the flow is offloaded", otherwise: () => string.Join('\n', Topology.Connections()));
        Topology.AwaitNothingSeen();
    }

    /// <summary>It is offloaded still, and no packet of it was lost.</summary>
    public void WasNotDisturbed()
    {
        Assert.True(Topology.IsOffloaded());
        Topology.AssertHardlySeen();
        Assert.Equal(0, _traffic.Stop().Lost);
    }

    /// <summary>It goes into hardware, and no packet of it was lost.</summary>
    public void WentIntoHardware()
    {
        Eventually.Is(
            static () => Topology.Connections() is [var line] && line.Contains("[HW_OFFLOAD]", StringComparison.Ordinal),
            "the flow is in hardware",
            otherwise: () => string.Join('\n', Topology.Connections()));
        Assert.Equal(0, _traffic.Stop().Lost);
    }

    public void Dispose() => _traffic.Dispose();
}
