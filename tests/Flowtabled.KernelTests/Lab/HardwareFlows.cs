namespace Flowtabled.KernelTests.Lab;

/// <summary>Connections through the lab's chip that run while something else changes: UDP, which shows every packet that is lost, and TCP, v4 and v6.</summary>
internal sealed class HardwareFlows : IDisposable
{
    public const string InHardware = "[HW_OFFLOAD]";

    public const string InSoftware = "[OFFLOAD]";

    private readonly Traffic[] _traffic =
    [
        new(Topology.Server4, "--udp --count 0 --rate 100"),
        new(Topology.Server6, "--udp --count 0 --rate 100"),
        new(Topology.Server4, "--count 0 --rate 100"),
        new(Topology.Server6, "--count 0 --rate 100"),
    ];

    /// <param name="path">Where they are at first, as conntrack says it.</param>
    public HardwareFlows(string path = InHardware)
    {
        foreach (var traffic in _traffic)
            traffic.AwaitRunning();
        Await(path);
    }

    public void AreInSoftwareAndLostNothing()
    {
        Await(InSoftware);
        LostNothing();
    }

    /// <summary>Waits until every one is there.</summary>
    public void Await(string path)
    {
        Eventually.Is(() => All(path), $"every flow is {path}", otherwise: () => string.Join('\n', Topology.Connections()));
        SwitchChip.AwaitEntries(path == InHardware ? 2 * _traffic.Length : 0);
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
