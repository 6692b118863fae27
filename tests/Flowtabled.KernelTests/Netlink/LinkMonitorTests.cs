using System.Text;
using Flowtabled.Netlink.Route;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>What the monitor says of changes that ip and tc make.</summary>
public sealed class LinkMonitorTests : IDisposable
{
    private readonly NetworkNamespace _namespace = new();
    private readonly LinkMonitor _monitor;
    private readonly Recorder _heard = new();

    public LinkMonitorTests() => _monitor = _namespace.Inside(() => new LinkMonitor());

    public void Dispose()
    {
        _monitor.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void A_device_comes_is_renamed_and_goes()
    {
        _namespace.Run("ip link add eth0 type dummy");
        var index = int.Parse(_namespace.Run("cat /sys/class/net/eth0/ifindex"));
        Assert.Contains($"Changed {index} eth0 None", Hear());

        _namespace.Run("ip link set eth0 up");
        Assert.Contains(Hear(), e => e.StartsWith($"Changed {index} eth0 Up") && e.Contains("LowerUp"));

        _namespace.Run("ip link set eth0 down; ip link set eth0 name wan");
        Assert.Contains(Hear(), e => e.StartsWith($"Changed {index} wan"));

        _namespace.Run("ip link delete wan");
        Assert.Contains(Hear(), e => e.StartsWith($"Removed {index} wan"));
    }

    [Fact]
    public void A_port_that_leaves_its_bridge_is_not_removed()
    {
        _namespace.Run("""
            ip link add br-lan type bridge
            ip link add eth0 type dummy
            ip link set br-lan up
            ip link set eth0 up master br-lan
            """);
        Hear();

        _namespace.Run("ip link set eth0 nomaster");

        var heard = Hear();
        Assert.Contains(heard, e => e.StartsWith("Changed") && e.Contains(" eth0 "));
        Assert.DoesNotContain(heard, e => e.StartsWith("Removed"));
    }

    [Fact]
    public void A_device_that_moves_to_another_namespace_is_removed()
    {
        using var there = new NetworkNamespace();
        _namespace.Run("ip link add eth0 type dummy");
        Hear();

        _namespace.Run($"ip link set eth0 netns {there.Name}");

        Assert.Contains(Hear(), e => e.StartsWith("Removed") && e.Contains(" eth0 "));
    }

    [Theory]
    [InlineData("tc qdisc add dev eth0 root cake")]
    [InlineData("tc qdisc add dev eth0 clsact")]
    [InlineData("tc qdisc delete dev eth0 root", "tc qdisc add dev eth0 root cake")]
    public void Traffic_control_changes(string change, params string[] before)
    {
        _namespace.Run("ip link add eth0 type dummy");
        foreach (var command in before)
            _namespace.Run(command);
        var index = int.Parse(_namespace.Run("cat /sys/class/net/eth0/ifindex"));
        Hear();

        _namespace.Run(change);

        Assert.Contains($"TrafficControlChanged {index}  None", Hear());
    }

    [Fact]
    public void Filters_change_no_device()
    {
        _namespace.Run("ip link add eth0 type dummy; ip link add eth1 type dummy; tc qdisc add dev eth0 clsact; tc qdisc add dev eth1 ingress_block 5 clsact");
        Hear();

        _namespace.Run("tc filter add dev eth0 ingress matchall action drop; tc filter delete dev eth0 ingress; tc filter add block 5 matchall action drop");

        Assert.Empty(Hear());
    }

    [Fact]
    public void Events_that_overrun_the_buffer_are_reported_as_lost()
    {
        _namespace.Run("ip link add eth0 type dummy");
        ChangeMtu(4000);

        Assert.False(_monitor.Read(_heard));
        Assert.Equal(1, _heard.Losses);
        do
            _heard.Events.Clear();
        while (_monitor.Read(_heard) && _heard.Events.Count > 0);

        _namespace.Run("ip link delete eth0");
        Assert.Contains(Hear(), e => e.StartsWith("Removed"));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        _namespace.Run("ip link add eth0 type dummy");
        var counter = new Counter();
        _monitor.Read(counter);
        ChangeMtu(100);
        counter.Count = 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        _monitor.Read(counter);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(counter.Count >= 100, $"{counter.Count} events");
        Assert.Equal(0, allocated);
    }

    private void ChangeMtu(int times)
    {
        var commands = string.Concat(Enumerable.Range(0, times).Select(i => $"link set eth0 mtu {1000 + (i % 2)}\n"));
        _namespace.Run($"ip -batch - <<'END'\n{commands}END\n");
    }

    // Multicasts are queued before the request that causes them is acked: what ip has done is here to read.
    private List<string> Hear()
    {
        _heard.Events.Clear();
        Assert.True(_monitor.Read(_heard));
        return [.. _heard.Events];
    }

    private sealed class Recorder : ILinkListener
    {
        public List<string> Events { get; } = [];

        public int Losses { get; private set; }

        public void Handle(scoped in LinkEvent change) =>
            Events.Add($"{change.Kind} {change.Index} {Encoding.Latin1.GetString(change.Name)} {change.Flags & (LinkFlags.Up | LinkFlags.LowerUp)}");

        public void Lost() => Losses++;
    }

    private sealed class Counter : ILinkListener
    {
        public int Count { get; set; }

        public void Handle(scoped in LinkEvent change) => Count++;

        public void Lost() => throw new InvalidOperationException("events were lost");
    }
}
