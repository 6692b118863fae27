using Flowtabled.Daemon;
using Flowtabled.Kernel;

namespace Flowtabled.Tests.Daemon;

public sealed class FlowWatchTests
{
    private static readonly FlowWatch s_watch = new([new FlowDevice(1, "lan"), new FlowDevice(2, "wan")], ["eth0", "eth1"], true, 30, 0);

    [Fact]
    public void What_is_looked_at_in_the_same_way_needs_no_other_look() => Assert.True(s_watch.IsLike(s_watch with
    {
        Devices = [new FlowDevice(1, "lan"), new FlowDevice(2, "wan")],
        Ports = ["eth0", "eth1"],
        Pardons = 1,
        HasSubscribers = true,
    }));

    [Fact]
    public void Other_devices_ports_counters_or_times_do() => Assert.DoesNotContain(
        [
            s_watch with { Devices = [new FlowDevice(1, "lan"), new FlowDevice(3, "wan")] },
            s_watch with { Ports = ["eth0"] },
            s_watch with { IsCounted = false },
            s_watch with { Timeout = 10 },
            s_watch with { Timeout = null },
        ],
        s_watch.IsLike);
}
