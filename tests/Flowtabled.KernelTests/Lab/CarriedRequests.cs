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

    /// <summary>
    /// TCP and UDP over IPv4 and IPv6 at a time: of each direction of each the chip carries over 95 %, the forward hook sees less of all together than 5 %
    /// of one, and none is lost.
    /// </summary>
    public static void AssertEveryKindCarried()
    {
        const int count = Count / 2, atMost = count / 20;
        var options = $"--count {count} --rate {Guest.Bears(250)} --hold";
        Topology.ResetSeen();
        using Traffic tcp4 = new(Topology.Server4, options), udp4 = new(Topology.Server4, $"{options} --udp");
        using Traffic tcp6 = new(Topology.Server6, options), udp6 = new(Topology.Server6, $"{options} --udp");
        foreach (var traffic in (Traffic[])[tcp4, udp4, tcp6, udp6])
        {
            var result = traffic.AwaitDone();
            Assert.Equal((count, 0), (result.Received, result.Lost));
        }

        var (connections, entries, seen) = (Topology.Connections(), SwitchChip.Entries, Topology.Seen);
        Assert.Equal((4, 8), (connections.Length, entries.Length));
        Assert.All(connections, static connection => Assert.Contains("[HW_OFFLOAD]", connection, StringComparison.Ordinal));
        Assert.All(entries, static entry => Assert.True(SwitchChip.Packets(entry) > count - atMost, $"the chip carried less than 95 % of {count}: {entry}"));
        Assert.True(seen.Original < atMost && seen.Reply < atMost, $"the forward hook saw {seen.Original} + {seen.Reply} of {count} of each kind");
    }
}
