using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The chip does not take connections that it should.</summary>
public sealed class HardwareHealthEntryTests(HealthLab lab) : HardwareFaultTests(lab), IClassFixture<HealthLab>
{
    private static readonly Dictionary<string, HardwareFault> s_faults = new()
    {
        ["swallows downloads and refuses IPv6"] = new(
            static () => Both("refuse_v6", EOPNOTSUPP), "the driver takes no IPv6", Distrusted)
        {
            Later = static () => SwitchChip.Wan.Set("blackhole", true),
            LosesPackets = true,
        },
        ["refuses all"] = new(static () => Both("refuse_all", EOPNOTSUPP), "hardware_refused : ", "takes none"),
        ["refuses TCP"] = new(static () => Both("refuse_tcp", EOPNOTSUPP), "hardware_refused : ", "the driver takes no TCP"),
        ["refuses UDP"] = new(static () => Both("refuse_udp", EOPNOTSUPP), "the driver takes no UDP"),
        ["refuses IPv4"] = new(static () => Both("refuse_v4", EOPNOTSUPP), "the driver takes no IPv4"),
        ["refuses IPv6"] = new(static () => Both("refuse_v6", EOPNOTSUPP), "the driver takes no IPv6"),
        ["is switched off by ethtool"] = new(static () => SwitchChip.Offload(on: false), "hardware_refused : ", "is its hw-tc-offload on?"),
        ["refuses uploads"] = new(static () => SwitchChip.Lan.Set("refuse_all", EOPNOTSUPP), "hardware_half lan: "),
        ["refuses downloads"] = new(static () => SwitchChip.Wan.Set("refuse_all", EOPNOTSUPP), "hardware_half wan: "),
        ["is full"] = new(static () => SwitchChip.Capacity = 8, "hardware_full : "),
        ["is full for uploads"] = new(static () => SwitchChip.Lan.Set("capacity", 2), "hardware_half lan: "),
        ["does not answer"] = new(static () => Both("replace_delay_ms", 3_000), "hardware_refused : ", "does not answer"),
        ["refuses TCP uploads and UDP downloads"] = new(
            static () =>
            {
                SwitchChip.Lan.Set("refuse_tcp", EOPNOTSUPP);
                SwitchChip.Wan.Set("refuse_udp", EOPNOTSUPP);
            },
            "hardware_half : "),
        ["refuses TCP and IPv6"] = new(
            static () =>
            {
                Both("refuse_tcp", EOPNOTSUPP);
                Both("refuse_v6", EOPNOTSUPP);
            },
            "hardware_refused : ",
            "the driver takes no "),
        ["refuses TCP and cannot count"] = new(
            static () =>
            {
                Both("refuse_tcp", EOPNOTSUPP);
                Both("stats_frozen", true);
            },
            "the driver takes no TCP",
            "hardware_uncounted : "),
        ["is full and passes all over"] = new(
            static () =>
            {
                SwitchChip.Capacity = 8;
                Both("to_stack", true);
            },
            "hardware_full : ",
            "hardware_unused : "),
        ["refuses uploads and answers no question for counters"] = new(
            static () =>
            {
                SwitchChip.Lan.Set("refuse_all", EBUSY);
                Both("stats_errno", EOPNOTSUPP);
            },
            "hardware_half lan: "),
    };

    public static TheoryData<string> Faults => new(s_faults.Keys);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_chip_that(string fails) => AssertNoticed(s_faults[fails], isLate: false);

    [Fact]
    public void A_small_chip_is_used_in_full_and_others_move_in_as_connections_end()
    {
        const int entries = 32, connections = 200;
        Lab.BeginAnew();
        SwitchChip.Capacity = entries;
        using var first = new TrafficCrowd(entries / 2, Topology.Server4, "--udp");
        SwitchChip.AwaitEntries(entries);
        using var others = new TrafficCrowd(connections - (entries / 2), Topology.Server4, "--udp");

        Lab.AwaitFinding("the chip's table seems full with 16 of them");
        AssertToldAsTheChipDoes();

        var ended = PortsInChip();
        Assert.Equal(0, first.Stop().Lost);
        Topology.InRouterShell(string.Join('\n', ended.Select(static port => $"conntrack -D -p udp --orig-port-src {port}")));
        Eventually.Is(
            () => SwitchChip.Entries.Length == entries && !PortsInChip().Overlaps(ended),
            "others move in",
            otherwise: Lab.Describe);
        AssertToldAsTheChipDoes();
        Assert.Equal(0, others.Stop().Lost);
    }

    // The two halves of a connection have its client's port in common, which masquerading does not change here.
    private static HashSet<string> PortsInChip() => [.. SwitchChip.Entries.Select(ClientPort)];

    private static string ClientPort(string entry)
    {
        var name = entry.Contains(" in=fts0 ", StringComparison.Ordinal) ? " sport=" : " dport=";
        var from = entry.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return entry[from..entry.IndexOf(' ', from)];
    }

    private void AssertToldAsTheChipDoes() => Lab.AwaitFlows(
        "status tells fully and half offloaded flows as the chip does",
        static () =>
        {
            var halves = SwitchChip.Entries.GroupBy(ClientPort).ToList();
            return (halves.Count, halves.Count(static half => half.Count() == 1));
        });
}
