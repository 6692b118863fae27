namespace Flowtabled.KernelTests.Lab;

/// <summary>A hundred connections of every kind through a <see cref="CrowdedRouter"/>: TCP and UDP, v4 and v6, out of the LAN and forwarded into it.</summary>
internal sealed class HundredFlows : IDisposable
{
    public const int Count = 100;

    private readonly TrafficCrowd[] _tcp =
    [
        new(30, Topology.Server4), new(20, Topology.Server6), new(10, CrowdedRouter.Address, "--port 8001", "server"),
    ];

    private readonly TrafficCrowd[] _udp =
    [
        new(20, Topology.Server4, "--udp"), new(10, Topology.Server6, "--udp"), new(10, CrowdedRouter.Address, "--udp --port 8002", "server"),
    ];

    private IEnumerable<TrafficCrowd> All => [.. _tcp, .. _udp];

    /// <param name="segments">Those that were lost before: <see cref="CrowdedRouter.LostSegments"/>.</param>
    public void StopWithoutLoss(long segments)
    {
        var results = All.Select(crowd => crowd.Stop()).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"requests {results.Sum(r => r.Sent)}, lost {results.Sum(r => r.Lost)}; segments sent again {results.Sum(r => r.Retransmits)}");
        Assert.Equal(0, results.Sum(r => r.Lost));
        CrowdedRouter.AssertNoneLost(segments);
    }

    public void Dispose()
    {
        foreach (var crowd in All)
            crowd.Dispose();
    }
}
