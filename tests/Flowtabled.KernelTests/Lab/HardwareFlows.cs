namespace Flowtabled.KernelTests.Lab;

/// <summary>Connections through the lab's chip that run while something else changes: UDP, which shows every packet that is lost, and TCP, v4 and v6.</summary>
internal sealed class HardwareFlows : IDisposable
{
    private readonly Traffic[] _traffic =
    [
        new(Topology.Server4, "--udp --count 0 --rate 100"),
        new(Topology.Server6, "--udp --count 0 --rate 100"),
        new(Topology.Server4, "--count 0 --rate 100"),
        new(Topology.Server6, "--count 0 --rate 100"),
    ];

    public HardwareFlows()
    {
        foreach (var traffic in _traffic)
            traffic.AwaitRunning();
        SwitchChip.AwaitEntries(2 * _traffic.Length);
        Eventually.Is(() => All("[HW_OFFLOAD]"), "every flow is in hardware", otherwise: () => string.Join('\n', Topology.Connections()));
    }

    public void AreInSoftwareAndLostNothing()
    {
        Eventually.Is(() => All("[OFFLOAD]"), "every flow is in software", otherwise: () => string.Join('\n', Topology.Connections()));
        LostNothing();
    }

    public void LostNothing() => LostNoMoreThan(0);

    /// <param name="dropped">How many packets the kernel is known to have dropped, see <see cref="QueueExchange"/>.</param>
    public void LostNoMoreThan(int dropped)
    {
        var results = Array.ConvertAll(_traffic, static traffic => traffic.Stop());
        Assert.True(results.Sum(static result => result.Lost) <= dropped, $"lost more than {dropped}: {string.Join<TrafficResult>(' ', results)}");
    }

    public void Dispose()
    {
        foreach (var traffic in _traffic)
            traffic.Dispose();
    }

    private bool All(string flag)
    {
        var connections = Topology.Connections();
        return connections.Length == _traffic.Length && connections.All(line => line.Contains(flag, StringComparison.Ordinal));
    }
}
