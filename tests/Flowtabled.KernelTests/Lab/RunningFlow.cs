namespace Flowtabled.KernelTests.Lab;

/// <summary>An offloaded UDP connection, which shows every packet that is lost, from the client to the server that runs while something else changes.</summary>
internal sealed class RunningFlow : IDisposable
{
    private readonly Traffic _traffic = new(Topology.Server4, "--udp --count 0 --rate 100");

    public RunningFlow()
    {
        _traffic.AwaitRunning();
        Eventually.Is(IsOffloaded, "the flow is offloaded", otherwise: () => string.Join('\n', Topology.Connections()));
        Topology.AwaitNothingSeen();
    }

    /// <summary>It is offloaded still, and no packet of it was lost.</summary>
    public void WasNotDisturbed()
    {
        Assert.True(IsOffloaded());
        Topology.AssertHardlySeen();
        Assert.Equal(0, _traffic.Stop().Lost);
    }

    public void Dispose() => _traffic.Dispose();

    private static bool IsOffloaded() => Topology.Connections() is [var line] && line.Contains("[OFFLOAD]", StringComparison.Ordinal);
}
