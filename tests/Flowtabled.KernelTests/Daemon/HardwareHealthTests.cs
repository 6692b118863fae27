using System.Globalization;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>However the chip fails, traffic flows, the cause is told, healing is noticed, and nobody is asked without end.</summary>
public sealed class HardwareHealthTests(HealthLab lab) : IClassFixture<HealthLab>
{
    private const int EOPNOTSUPP = 95;
    private const int EBUSY = 16;

    private const string Distrusted = "hardware_distrusted : hardware is not used: ";

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
        ["refuses uploads"] = new(static () => SwitchChip.Lan.Set("refuse_all", EOPNOTSUPP), "hardware_half lan: "),
        ["refuses downloads"] = new(static () => SwitchChip.Wan.Set("refuse_all", EOPNOTSUPP), "hardware_half wan: "),
        ["is full"] = new(static () => SwitchChip.Capacity = 8, "hardware_full : "),
        ["is full for uploads"] = new(static () => SwitchChip.Lan.Set("capacity", 2), "hardware_half lan: "),
        ["does not answer"] = new(static () => Both("replace_delay_ms", 3_000), "hardware_refused : ", "does not answer"),
        ["answers no question for counters"] = new(static () => Both("stats_errno", EOPNOTSUPP), "hardware_uncounted : ") { IsLate = true },
        ["has frozen counters"] = new(static () => Both("stats_frozen", true), "hardware_uncounted : ") { IsLate = true },
        ["cannot count"] = new(static () => Both("stats_uncounted", true), "hardware_uncounted : ") { IsLate = true },
        ["swallows uploads"] = new(static () => SwitchChip.Lan.Set("blackhole", true), Distrusted) { IsLate = true, LosesPackets = true },
        ["swallows downloads"] = new(static () => SwitchChip.Wan.Set("blackhole", true), Distrusted) { IsLate = true, LosesPackets = true },
        ["swallows all"] = new(static () => Both("blackhole", true), Distrusted) { IsLate = true, LosesPackets = true },
        ["passes all over"] = new(static () => Both("to_stack", true), "hardware_unused : ") { IsLate = true },
        ["passes uploads over"] = new(static () => SwitchChip.Lan.Set("to_stack", true), "hardware_half lan: ") { IsLate = true },
        ["forgets"] = new(static () => SwitchChip.Lan.Forget(), "hardware_unused : ") { IsLate = true, Repeats = true },
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
        ["swallows uploads and has frozen counters"] = new(
            static () =>
            {
                SwitchChip.Lan.Set("blackhole", true);
                Both("stats_frozen", true);
            },
            Distrusted)
        { IsLate = true, LosesPackets = true },
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
    public void A_chip_that(string fails)
    {
        var fault = s_faults[fails];
        lab.BeginAnew();
        var (batches, asked) = (lab.Daemon.Batches, SwitchChip.Lan.Counter("bind"));

        if (!fault.IsLate)
            fault.Begin();
        using var flows = new PairedFlows();
        if (fault.IsLate)
        {
            SwitchChip.AwaitEntries(2 * PairedFlows.Count);
            fault.Begin();
        }

        if (fault.Later is { } later)
        {
            lab.AwaitFinding(fault.Findings[0]);
            later();
        }

        using (fault.Repeats ? new Timer(_ => fault.Begin(), null, 0, 100) : null)
        {
            foreach (var finding in fault.Later is null ? fault.Findings : fault.Findings[1..])
                lab.AwaitFinding(finding);
        }

        if (fault.LosesPackets)
            FlowAgain();
        Assert.InRange(lab.Daemon.Batches - batches, 0, 6);
        Assert.InRange(SwitchChip.Lan.Counter("bind") - asked, 0, 6);

        var lost = flows.Stop();
        SwitchChip.Heal();
        if (fault.LosesPackets)
            lab.Daemon.Process.Signal("HUP");
        else
            Assert.Equal(0, lost);
        lab.AwaitWell();
    }

    [Fact]
    public void A_small_chip_is_used_in_full_and_others_move_in_as_connections_end()
    {
        const int entries = 32, connections = 200;
        lab.BeginAnew();
        SwitchChip.Capacity = entries;
        using var first = new TrafficCrowd(entries / 2, Topology.Server4, "--udp");
        SwitchChip.AwaitEntries(entries);
        using var others = new TrafficCrowd(connections - (entries / 2), Topology.Server4, "--udp");

        lab.AwaitFinding("the chip's table seems full with 16 of them");
        AssertToldAsTheChipDoes();

        var ended = PortsInChip();
        Assert.Equal(0, first.Stop().Lost);
        Topology.InRouterShell(string.Join('\n', ended.Select(static port => $"conntrack -D -p udp --orig-port-src {port}")));
        Eventually.Is(
            () => SwitchChip.Entries.Length == entries && !PortsInChip().Overlaps(ended),
            "others move in",
            otherwise: lab.Describe);
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

    private void AssertToldAsTheChipDoes() => Eventually.Is(
        () =>
        {
            var halves = SwitchChip.Entries.GroupBy(ClientPort).ToList();
            var flows = lab.Flows();
            return (flows.Hardware, flows.Half) == (halves.Count, halves.Count(static half => half.Count() == 1));
        },
        "status tells fully and half offloaded flows as the chip does",
        TimeSpan.FromSeconds(20),
        lab.Describe);

    // In software every connection moves on.
    private static void FlowAgain()
    {
        Eventually.Is(static () => SwitchChip.Entries.Length == 0, "the chip is empty");
        var before = Packets();
        Eventually.Is(
            () => Packets().All(count => before.TryGetValue(count.Key, out var then) && count.Value > then),
            "every connection flows",
            TimeSpan.FromSeconds(20),
            static () => string.Join('\n', Topology.Connections()));
    }

    // The answers that each connection got, by its client's address and port.
    private static Dictionary<string, long> Packets() => Topology.Connections().ToDictionary(
        static line => line[line.IndexOf("src=", StringComparison.Ordinal)..line.IndexOf(" dport=", StringComparison.Ordinal)],
        static line => long.Parse(line[(line.LastIndexOf("packets=", StringComparison.Ordinal) + 8)..].Split(' ')[0], CultureInfo.InvariantCulture));

    private static void Both(string name, int value)
    {
        SwitchChip.Lan.Set(name, value);
        SwitchChip.Wan.Set(name, value);
    }

    private static void Both(string name, bool on)
    {
        SwitchChip.Lan.Set(name, on);
        SwitchChip.Wan.Set(name, on);
    }
}
