using System.Diagnostics;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Chip;

/// <summary>What the lab's chip refuses when it is told to, and what it refuses by nature.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int Unsupported = 95;
    private const int NoMemory = 12;

    private readonly Topology _topology = new("--nat --chip lan,wan");

    public void Dispose() => _topology.Dispose();

    [Theory]
    [InlineData(Unsupported, "Operation not supported")]
    [InlineData(NoMemory, "Cannot allocate memory")]
    public void Binding_fails_with_the_errno(int errno, string error)
    {
        SwitchChip.Wan.Set("bind_errno", errno);
        Assert.Contains(error, PlainFlowtable.TryMake("lan, wan"), StringComparison.Ordinal);
        Assert.Equal(["fts0 0", "fts1 0"], SwitchChip.Bound);
        Assert.Equal(1, SwitchChip.Wan.Counter("bind_refused"));

        SwitchChip.Wan.Set("bind_errno", 0);
        PlainFlowtable.Make("lan, wan");
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);
    }

    [Fact]
    public void An_exclusive_port_has_one_flowtable()
    {
        SwitchChip.Lan.Set("exclusive", true);
        PlainFlowtable.Make("lan, wan");
        Assert.Contains("Device or resource busy", PlainFlowtable.TryMake("lan", "second"), StringComparison.Ordinal);
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);

        SwitchChip.Lan.Set("exclusive", false);
        PlainFlowtable.Make("lan", "second");
        Assert.Equal(["fts0 2", "fts1 1"], SwitchChip.Bound);
        PlainFlowtable.Delete("second");
        Assert.Equal(["fts0 1", "fts1 1"], SwitchChip.Bound);
    }

    /// <summary>Only what is named is refused; it goes on in software.</summary>
    [Theory]
    [InlineData("refuse_all", "")]
    [InlineData("refuse_tcp", "udp4 udp6")]
    [InlineData("refuse_udp", "tcp4 tcp6")]
    [InlineData("refuse_v4", "tcp6 udp6")]
    [InlineData("refuse_v6", "tcp4 udp4")]
    public void Flows_are_refused_by_protocol(string knob, string taken)
    {
        SwitchChip.Lan.Set(knob, NoMemory);
        SwitchChip.Wan.Set(knob, NoMemory);
        PlainFlowtable.Make("lan, wan");
        using var tcp4 = Start(Topology.Server4);
        using var udp4 = Start(Topology.Server4, "--udp");
        using var tcp6 = Start(Topology.Server6);
        using var udp6 = Start(Topology.Server6, "--udp");
        string[] expected = [.. taken.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        Eventually.Is(() => InHardware().SequenceEqual(expected), $"in hardware are {taken}", otherwise: () => string.Join(' ', InHardware()));
        Assert.True(SwitchChip.Lan.Counter("replace_refused") + SwitchChip.Wan.Counter("replace_refused") > 0);
        foreach (var flow in (Traffic[])[tcp4, udp4, tcp6, udp6])
            Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void One_direction_is_refused()
    {
        SwitchChip.Lan.Set("refuse_all", Unsupported);
        PlainFlowtable.Make("lan, wan");
        using var flow = Start(Topology.Server4, "--udp");
        SwitchChip.AwaitEntries(1);

        Assert.Contains(" in=fts1 ", SwitchChip.Entries[0], StringComparison.Ordinal);
        Eventually.Is(static () => SwitchChip.Wan.Forwarded > 50, "downloads go through the chip");
        Assert.Equal(0, SwitchChip.Lan.Forwarded);
        Assert.Contains("[HW_OFFLOAD]", Assert.Single(Topology.Connections()), StringComparison.Ordinal);
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void A_full_chip_takes_no_more()
    {
        SwitchChip.Capacity = 5;
        PlainFlowtable.Make("lan, wan");
        Traffic[] flows = [.. Enumerable.Range(0, 4).Select(static _ => Start(Topology.Server4, "--udp"))];
        SwitchChip.AwaitEntries(5);
        Eventually.Is(static () => Topology.Connections().Count(static line => line.Contains("OFFLOAD", StringComparison.Ordinal)) == 4, "four flows");

        // Two have both directions in it, and the third one, which the kernel calls hardware all the same.
        Assert.Equal(3, Topology.Connections().Count(static line => line.Contains("[HW_OFFLOAD]", StringComparison.Ordinal)));
        Assert.Equal(5, SwitchChip.Entries.Length);
        foreach (var flow in flows)
        {
            Assert.Equal(0, flow.Stop().Lost);
            flow.Dispose();
        }
    }

    [Fact]
    public void A_port_can_be_full_too()
    {
        SwitchChip.Wan.Set("capacity", 0);
        PlainFlowtable.Make("lan, wan");
        using var flow = Start(Topology.Server4, "--udp");
        SwitchChip.AwaitEntries(1);
        Assert.Contains(" in=fts0 ", SwitchChip.Entries[0], StringComparison.Ordinal);
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void Without_hw_tc_offload_nothing_is_taken()
    {
        Topology.InRouterShell("ethtool -K lan hw-tc-offload off; ethtool -K wan hw-tc-offload off");
        PlainFlowtable.Make("lan, wan");
        using var flow = Start(Topology.Server4, "--udp");
        Eventually.Is(Topology.IsOffloaded, "a software flow");
        Assert.Empty(SwitchChip.Entries);

        // The kernel asks again for as long as packets come.
        Topology.InRouter("ethtool", "-K", "lan", "hw-tc-offload", "on");
        SwitchChip.AwaitEntries(2);
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void Taking_a_flow_may_be_slow()
    {
        const int delay = 700;
        SwitchChip.Lan.Set("replace_delay_ms", delay);
        PlainFlowtable.Make("lan, wan");
        var since = Stopwatch.StartNew();
        using var flow = Start(Topology.Server4, "--udp");
        Eventually.Is(static () => SwitchChip.Entries.Length == 2, "both directions are in the chip");
        Assert.InRange(since.ElapsedMilliseconds, delay, long.MaxValue);
        Assert.Equal(0, flow.Stop().Lost);
    }

    private static Traffic Start(string server, string options = "")
    {
        var traffic = new Traffic(server, $"--count 0 --rate 50 {options}");
        traffic.AwaitRunning();
        return traffic;
    }

    /// <summary>The kinds of flow whose both directions are in the chip: tcp4, udp6.</summary>
    private static IEnumerable<string> InHardware() => SwitchChip.Entries
        .Select(static line => line.Split(' '))
        .Select(static words => (Kind: words[3] + words[2][^1], In: words[1]))
        .GroupBy(static entry => entry.Kind)
        .Where(static kind => kind.Count() == 2)
        .Select(static kind => kind.Key)
        .Order(StringComparer.Ordinal);
}
