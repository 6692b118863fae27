namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// A hundred connections, in a slow guest fewer, of every kind through a <see cref="CrowdedRouter"/>: TCP and UDP, v4 and v6, out of the LAN and
/// forwarded into it.
/// </summary>
internal sealed class HundredFlows : IDisposable
{
    private static readonly int s_ten = Guest.Bears(10);

    private readonly TrafficCrowd[] _tcp =
    [
        new(3 * s_ten, Topology.Server4), new(2 * s_ten, Topology.Server6), new(s_ten, CrowdedRouter.Address, "--port 8001", "server"),
    ];

    private readonly TrafficCrowd[] _udp =
    [
        new(2 * s_ten, Topology.Server4, "--udp"), new(s_ten, Topology.Server6, "--udp"), new(s_ten, CrowdedRouter.Address, "--udp --port 8002", "server"),
    ];

    private IEnumerable<TrafficCrowd> All => [.. _tcp, .. _udp];

    /// <summary>How many there are.</summary>
    public static int Count => 10 * s_ten;

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
