using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Chip;

/// <summary>What the lab's chip does with packets and counts when it is told to misbehave, and what it leaves to the stack.</summary>
public sealed class ForwardingTests : IDisposable
{
    private readonly Topology _topology = new("--nat --chip lan,wan");

    public ForwardingTests() => Topology.InRouterShell("sysctl -qw net.netfilter.nf_conntrack_acct=1");

    public void Dispose() => _topology.Dispose();

    [Fact]
    public void A_black_hole_swallows_what_it_has_taken()
    {
        using var flow = StartInChip();
        SwitchChip.Lan.Set("blackhole", true);
        Eventually.Is(static () => SwitchChip.Lan.Counter("rx_dropped") > 20, "packets are dropped");
        var carried = SwitchChip.Wan.Forwarded;
        Eventually.Is(static () => SwitchChip.Lan.Counter("rx_dropped") > 40, "more are");
        Assert.Equal(carried, SwitchChip.Wan.Forwarded);

        SwitchChip.Lan.Set("blackhole", false);
        Eventually.Is(() => SwitchChip.Wan.Forwarded > carried + 20, "answers again");
        Assert.InRange(flow.Stop().Lost, 40, 1000);
    }

    [Fact]
    public void A_chip_that_does_not_forward_leaves_it_to_the_stack()
    {
        using var flow = StartInChip();
        SwitchChip.Lan.Set("to_stack", true);
        var (carried, stack) = (SwitchChip.Lan.Forwarded, SwitchChip.Lan.Counter("rx_stack"));
        Eventually.Is(() => SwitchChip.Lan.Counter("rx_stack") > stack + 50, "the stack gets them");
        Assert.InRange(SwitchChip.Lan.Forwarded, carried, carried + 1); // One may have been on its way.
        Assert.Equal(2, SwitchChip.Entries.Length);
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void Entries_are_forgotten_and_nobody_is_told()
    {
        PlainFlowtable.Make("lan, wan");
        using var flow = new Traffic(Topology.Server4, "--udp --count 100 --hold");
        Assert.Equal(0, flow.AwaitDone().Lost);
        SwitchChip.AwaitEntries(2);
        SwitchChip.Lan.Forget();
        Assert.Empty(SwitchChip.Entries);
        Assert.Contains("[HW_OFFLOAD]", Assert.Single(Topology.Connections()), StringComparison.Ordinal);

        Topology.InRouter("conntrack", "-D", "-p", "udp", "--dport", "5001");
        Eventually.Is(static () => SwitchChip.Lan.Counter("destroy_unknown") == 2, "the kernel asks to drop what is not there");
    }

    /// <summary>The kernel gives a flow to the chip again, once a second, when packets of it come to the stack.</summary>
    [Fact]
    public void Forgotten_entries_come_back_with_the_packets()
    {
        using var flow = StartInChip();
        var given = SwitchChip.Lan.Counter("replace");
        SwitchChip.Lan.Forget();
        Eventually.Is(() => SwitchChip.Lan.Counter("replace") > given, "the kernel gives it again");
        SwitchChip.AwaitEntries(2);
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void Counts_reach_the_connection()
    {
        using var flow = StartInChip(timeout: 4);
        Eventually.Is(static () => Packets() > 100, "the connection's count", TimeSpan.FromSeconds(20), static () => Topology.Connections()[0]);
        Assert.True(SwitchChip.Lan.Counter("stats") > 0);
        Assert.Equal(0, SwitchChip.Lan.Counter("destroy"));
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void A_chip_that_cannot_count_keeps_its_entries()
    {
        SwitchChip.Lan.Set("stats_uncounted", true);
        SwitchChip.Wan.Set("stats_uncounted", true);
        using var flow = StartInChip(timeout: 4);
        AwaitAsked(8);
        Assert.InRange(Packets(), 1, 10);
        Assert.Equal(0, SwitchChip.Lan.Counter("destroy"));
        Assert.Equal(0, flow.Stop().Lost);
    }

    /// <summary>The kernel believes that no packet comes, and takes the flow out and in again.</summary>
    [Theory]
    [InlineData("stats_frozen")]
    [InlineData("stats_errno")]
    public void A_chip_that_answers_nothing_loses_its_entries(string knob)
    {
        foreach (var port in (ChipPort[])[SwitchChip.Lan, SwitchChip.Wan])
        {
            if (knob == "stats_errno")
                port.Set(knob, 5);
            else
                port.Set(knob, true);
        }

        using var flow = StartInChip(timeout: 4);
        Eventually.Is(static () => SwitchChip.Lan.Counter("destroy") > 0, "the entries are dropped", TimeSpan.FromSeconds(20));
        Assert.Equal(knob == "stats_errno", SwitchChip.Lan.Counter("stats_refused") > 0);
        SwitchChip.AwaitEntries(2);
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void Fragments_take_the_stack()
    {
        PlainFlowtable.Make("lan, wan");
        using var flow = new Traffic(Topology.Server4, "--udp --count 200 --size 2000 --hold");
        var result = flow.AwaitDone();
        Assert.Equal((200, 0), (result.Received, result.Lost));
        Assert.Equal(2, SwitchChip.Entries.Length);
        Assert.Equal((0, 0), (SwitchChip.Lan.Forwarded, SwitchChip.Wan.Forwarded));
    }

    /// <summary>A packet that would expire is the stack's; one that would not has its count lowered.</summary>
    [Fact]
    public void Hops_are_counted()
    {
        using var flow = StartInChip();
        SetHops(2);
        var carried = SwitchChip.Wan.Forwarded;
        Eventually.Is(() => SwitchChip.Wan.Forwarded > carried + 50, "the server, one hop behind, answers");
        Assert.Contains("ttl 1,", Command.Run("ip", "netns", "exec", "server", "tcpdump", "-vnc", "1", "-i", "eth0", "udp dst port 5001"), StringComparison.Ordinal);

        SetHops(1);
        var stack = SwitchChip.Lan.Counter("rx_stack");
        Eventually.Is(() => SwitchChip.Lan.Counter("rx_stack") > stack + 50, "the stack gets them");

        static void SetHops(int count) => Command.Run("ip", "netns", "exec", "client", "sysctl", "-qw", $"net.ipv4.ip_default_ttl={count}");
    }

    /// <summary>A UDP connection, 100 requests a second, whose both directions are in the chip.</summary>
    /// <param name="timeout">After how many seconds without packets the kernel takes it out again, 0 for the usual 30.</param>
    private static Traffic StartInChip(int timeout = 0)
    {
        if (timeout > 0)
            Topology.InRouterShell($"sysctl -qw net.netfilter.nf_flowtable_udp_timeout={timeout}");
        PlainFlowtable.Make("lan, wan");
        var traffic = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        traffic.AwaitRunning();
        SwitchChip.AwaitEntries(2);
        return traffic;
    }

    private static void AwaitAsked(int times) =>
        Eventually.Is(() => SwitchChip.Lan.Counter("stats") >= times, $"the kernel asks {times} times for counts", TimeSpan.FromSeconds(20));

    /// <summary>Packets of the original direction, as conntrack counts them.</summary>
    private static int Packets()
    {
        var line = Assert.Single(Topology.Connections());
        var start = line.IndexOf("packets=", StringComparison.Ordinal) + "packets=".Length;
        return int.Parse(line.AsSpan(start, line.IndexOf(' ', start) - start), System.Globalization.CultureInfo.InvariantCulture);
    }
}
