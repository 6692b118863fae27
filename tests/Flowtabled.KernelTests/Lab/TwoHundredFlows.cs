namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// Two hundred connections, in a slow guest fewer, of every kind through a <see cref="MixedRouter"/>, all with data up and down: TCP and UDP, v4 and v6,
/// out of the LAN and into it, translated and only routed.
/// </summary>
internal sealed class TwoHundredFlows : IDisposable
{
    private static readonly int s_five = Guest.Bears(5);

    private readonly TrafficCrowd _out = new(
        s_five, Each(Topology.Server4, MixedRouter.Plain4, Topology.Server6, MixedRouter.Plain6));

    private readonly TrafficCrowd _in = new(
        s_five,
        Each($"--port 8001 {CrowdedRouter.Address}", CrowdedRouter.Client4, $"--port 8001 {CrowdedRouter.Address6}", CrowdedRouter.Client6),
        "server");

    /// <summary>How many there are.</summary>
    public static int Count => 2 * 4 * 5 * s_five;

    /// <param name="before">What was lost before, see <see cref="CrowdedRouter.LostSegments"/>.</param>
    public void StopWithoutLoss(long before)
    {
        var (outwards, inwards) = (_out.Stop(), _in.Stop());
        Assert.Equal((0, 0), (outwards.Lost, inwards.Lost));
        CrowdedRouter.AssertNoneLost(before);
    }

    public void Dispose()
    {
        _out.Dispose();
        _in.Dispose();
    }

    // Three over TCP and two over UDP to each.
    private static string[] Each(params string[] ways) =>
        [.. ways.SelectMany(static way => (string[])[$"--rate 3 {way}", $"--rate 3 {way}", $"--rate 3 {way}", $"--rate 3 --udp {way}", $"--rate 3 --udp {way}"])];
}
