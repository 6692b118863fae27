using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.KernelTests.Conntrack;

/// <summary>Live connections leave the flowtable, and nothing is lost.</summary>
public sealed class RehomeTests
{
    private const ConntrackStatus Nat = ConntrackStatus.SourceNat | ConntrackStatus.DestinationNat;

    [Theory]
    [InlineData("--nat", "lan, wan")]
    [InlineData("--nat --nat6", "lan, wan")]
    [InlineData("--nat --wan pppoe-vlan --lan bridge", "br-lan, wan")]
    public void A_hundred_at_a_time_notice_nothing(string options, string devices)
    {
        using var router = new RehomeRouter(options, devices);
        using var crowd = new HundredFlows();
        router.AwaitOffloaded(HundredFlows.Count);
        var before = RehomeRouter.Listing();
        var lost = CrowdedRouter.LostSegments;
        using var rehomer = RehomeRouter.Open();

        for (var round = 0; round < 3; round++)
        {
            var old = router.Offloaded();
            var connections = Rehome(rehomer, old);

            Assert.All(connections, c => Assert.Equal((RehomingOutcome.Rehomed, RehomingObstacle.None, 0), (c.Outcome, c.Obstacle, c.Errno)));
            router.AwaitOffloaded(HundredFlows.Count);
            var entries = router.Offloaded();
            Assert.Empty(entries.Select(e => e.Id).Intersect(old.Select(e => e.Id)));
            Assert.Equal(Translations(old), Translations(entries));
            Assert.Equal(before, RehomeRouter.Listing());
        }

        crowd.StopWithoutLoss(lost);
    }

    [Fact]
    public void Those_that_are_held_stay_on_the_slow_path_until_they_are_released()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var crowd = new HundredFlows();
        router.AwaitOffloaded(HundredFlows.Count);
        Topology.AwaitNothingSeen();
        var lost = CrowdedRouter.LostSegments;
        using var rehomer = RehomeRouter.Open();

        RehomeRouter.Hold();
        Rehome(rehomer, router.Offloaded());
        Topology.ResetSeen();
        for (var i = 0; i < 10; i++)
        {
            Thread.Sleep(200);
            Assert.Empty(router.Offloaded());
        }

        var atLeast = TrafficCrowd.PerSecond * HundredFlows.Count; // in two seconds twice as many, and their answers
        var (original, reply) = Topology.Seen;
        Assert.True(original > atLeast && reply > atLeast, $"the forward hook saw {original} + {reply} packets");
        Assert.All(router.Entries(ConntrackStatus.Assured), e => Assert.True(e.Original.Protocol is 17 || e.TcpState == ConntrackTcpState.Established));
        Assert.Equal(HundredFlows.Count, router.Entries(ConntrackStatus.Assured).Count);
        RehomeRouter.Release();
        router.AwaitOffloaded(HundredFlows.Count);
        crowd.StopWithoutLoss(lost);
    }

    /// <summary>What the others would find if it went wrong: an answer that finds no entry is refused by the firewall.</summary>
    [Fact]
    public void Connections_whose_entry_is_deleted_break()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var flows = new TrafficCrowd(20, Topology.Server4);
        router.AwaitOffloaded(20);

        // Those live on whose next packet is the client's: not for ever.
        Eventually.Is(
            () =>
            {
                Topology.InRouter("conntrack", "-F");
                Thread.Sleep(100);
                return flows.Broken > 0;
            },
            "connections break",
            otherwise: static () => Topology.InRouter("conntrack", "-L"));
    }

    [Theory]
    [InlineData("both", "ct zone set 5", "ct zone set 5", 5, 5)]
    [InlineData("original only", "ct original zone set 7", "accept", 7, 0)]
    [InlineData("reply only", "ct reply zone set 8", "ct reply zone set 8", 0, 8)]
    public void Mark_labels_and_zone_are_kept(string which, string fromLan, string fromWan, int original, int reply)
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        Topology.InRouterShell($$"""
            nft -f - <<'END'
            table inet marks {
                chain raw {
                    type filter hook prerouting priority raw; policy accept;
                    iifname lan {{fromLan}}
                    iifname wan {{fromWan}}
                }
                chain prerouting {
                    type filter hook prerouting priority mangle; policy accept;
                    ct state new ct mark set 0x10203 ct label set 3
                    ct state new ct label set 127
                }
            }
            END
            """);
        using var tcp = new TrafficCrowd(5, Topology.Server4);
        using var udp = new TrafficCrowd(5, Topology.Server4, "--udp");
        router.AwaitOffloaded(10);
        var before = RehomeRouter.Listing();
        var lost = CrowdedRouter.LostSegments;
        using var rehomer = RehomeRouter.Open();

        var connections = Rehome(rehomer, router.Offloaded());

        Assert.All(connections, c => Assert.Equal((RehomingOutcome.Rehomed, which), (c.Outcome, which)));
        router.AwaitOffloaded(10);
        Assert.All(router.Offloaded(), e =>
        {
            Assert.Equal((original, reply), (e.Original.Zone, e.Reply.Zone));
            Assert.Equal((0x10203u, UInt128.One << 3 | UInt128.One << 127), (e.Mark, e.Labels));
        });
        Assert.Equal(before, RehomeRouter.Listing());
        Assert.All([tcp.Stop(), udp.Stop()], result => Assert.Equal(0, result.Lost));
        CrowdedRouter.AssertNoneLost(lost);
    }

    [Fact]
    public void Flows_in_hardware_leave_the_chip()
    {
        using var router = new RehomeRouter("--nat --chip lan,wan", "lan, wan", "flags offload");
        using var tcp = new TrafficCrowd(10, Topology.Server4);
        using var udp = new TrafficCrowd(10, Topology.Server6, "--udp");
        SwitchChip.AwaitEntries(40);
        var lost = CrowdedRouter.LostSegments;
        using var rehomer = RehomeRouter.Open();

        RehomeRouter.Hold();
        var connections = Rehome(rehomer, router.Entries(ConntrackStatus.Offload | ConntrackStatus.HardwareOffload));

        Assert.All(connections, c => Assert.Equal(RehomingOutcome.Rehomed, c.Outcome));
        Assert.Equal(20, connections.Length);
        var took = Eventually.Is(static () => SwitchChip.Entries.Length == 0, "the chip is empty", otherwise: static () => string.Join('\n', SwitchChip.Entries));
        Assert.True(took < TimeSpan.FromSeconds(2) * Guest.Slowness, $"the chip was empty after {took.TotalSeconds:f1} s");
        RehomeRouter.Release();
        SwitchChip.AwaitEntries(40);
        Assert.All([tcp.Stop(), udp.Stop()], result => Assert.Equal(0, result.Lost));
        CrowdedRouter.AssertNoneLost(lost);
    }

    private static Rehoming[] Rehome(ConntrackRehomer rehomer, List<ConntrackEntry> entries)
    {
        Rehoming[] connections = [.. entries.Select(entry => new Rehoming(in entry))];
        rehomer.Rehome(connections);
        return connections;
    }

    private static IEnumerable<string> Translations(List<ConntrackEntry> entries) =>
        entries.Select(e => $"{e.Original} {e.Reply} {e.Status & Nat}").Order(StringComparer.Ordinal);
}
