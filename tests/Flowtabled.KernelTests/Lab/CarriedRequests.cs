namespace Flowtabled.KernelTests.Lab;

/// <summary>Paced requests and their answers, which the lab's chip is to carry.</summary>
internal static class CarriedRequests
{
    public const int Count = 1000;

    private const int AtMost = Count / 20;

    /// <summary>Of each direction the chip carries over 95 %, the forward hook sees under 5 %, and none is lost.</summary>
    /// <param name="path">What it is that they go through, for the message.</param>
    /// <param name="server">Where to.</param>
    /// <param name="options">Those of <c>traffic request</c>, separated by blanks.</param>
    /// <param name="client">The namespace that asks.</param>
    public static void AssertCarried(string path, string server, string options = "", string client = "client")
    {
        Topology.ResetSeen();
        using var requests = new Traffic(server, $"--count {Count} --hold {options}", client);
        var result = requests.AwaitDone();
        var (lan, wan, seen) = (SwitchChip.Lan.Forwarded, SwitchChip.Wan.Forwarded, Topology.Seen);
        Assert.Equal((Count, 0), (result.Received, result.Lost));
        Assert.Contains("[HW_OFFLOAD]", Assert.Single(Topology.Connections()), StringComparison.Ordinal);
        Assert.Equal(2, SwitchChip.Entries.Length);
        Assert.True(lan > Count - AtMost && wan > Count - AtMost, $"{path}: the chip carried {lan} + {wan} of {Count} each");
        Assert.True(seen.Original < AtMost && seen.Reply < AtMost, $"{path}: the forward hook saw {seen.Original} + {seen.Reply} of {Count} each");
    }
}
