namespace Flowtabled.KernelTests.Lab;

/// <summary>Three connections of each kind, TCP and UDP over IPv4 and IPv6, that go on while the chip fails.</summary>
internal sealed class PairedFlows : IDisposable
{
    public const int Count = 12;

    private const int Rate = 60;

    private readonly TrafficCrowd _crowd = new(
        3,
        [
            $"--rate {Rate} {Topology.Server4}",
            $"--rate {Rate} {Topology.Server6}",
            $"--rate {Rate} --udp {Topology.Server4}",
            $"--rate {Rate} --udp {Topology.Server6}",
        ]);

    /// <summary>Ends them; how many packets were lost.</summary>
    public int Stop() => _crowd.Stop().Lost;

    public void Dispose() => _crowd.Dispose();
}
