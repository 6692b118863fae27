using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Connections in hardware follow a station that moves, and those that were rehomed end with the address that they are translated to.</summary>
public sealed class AddressTests
{
    [Fact]
    public void A_station_that_moves_takes_its_connections_along()
    {
        using var topology = new Topology("--lan bridge --nat --chip lan1,wan,lan2");
        RoamingStation.SetUp();
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        using var v4 = new Traffic(Topology.Server4, "--udp --count 0 --rate 200");
        using var v6 = new Traffic(Topology.Server6, "--count 0 --rate 200");
        v4.AwaitRunning();
        v6.AwaitRunning();
        SwitchChip.AwaitEntries(4);

        RoamingStation.ToSecondPort();
        daemon.Process.AwaitLine("a station moved, its connections follow: ");
        Eventually.Is(static () => AreAllAt("fts2"), "the chip knows the new port", otherwise: static () => string.Join('\n', SwitchChip.Entries));

        var (v4Gap, v6Gap) = (v4.Stop().MaxGap, v6.Stop().MaxGap);
        TestContext.Current.TestOutputHelper?.WriteLine($"longest gaps: {v4Gap} ms and {v6Gap} ms");
        Assert.InRange(v4Gap, 0, 1000 * Guest.Slowness);
        Assert.InRange(v6Gap, 0, 1000 * Guest.Slowness);
    }

    [Fact]
    public void Stations_that_stay_are_left_alone()
    {
        using var topology = new Topology("--lan bridge --nat --chip lan1,wan,lan2");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        using var traffic = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        traffic.AwaitRunning();
        SwitchChip.AwaitEntries(2);
        var entries = SwitchChip.Entries.Select(static entry => entry.Split(' ')[0]).ToList();

        // The bridge forgets where it is and learns it again, and another station comes.
        Topology.InRouter("bridge", "fdb", "flush", "dev", "br-lan", "nopermanent");
        Topology.InRouter("ip", "neighbour", "flush", "dev", "br-lan");
        Command.Run("ip", "netns", "exec", "client", "ping", "-c", "1", "192.168.1.1");
        Command.Run("ip", "netns", "exec", "client2", "ping", "-c", "1", "192.168.1.1");
        daemon.AwaitCalm();

        Assert.Equal(entries, SwitchChip.Entries.Select(static entry => entry.Split(' ')[0]));
        Assert.DoesNotContain(daemon.Log, static line => line.Contains("station", StringComparison.Ordinal));
        Assert.Equal(0, traffic.Stop().Lost);
    }

    [Fact]
    public void A_connection_ends_with_the_address_that_it_is_translated_to_where_the_kernel_does_not_end_it()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        using var traffic = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        traffic.AwaitRunning();
        SwitchChip.AwaitEntries(2);
        topology.RefuseHardware();
        daemon.Process.AwaitLine("moved out of hardware: ");
        Assert.Single(Topology.Connections());
        // A ping that nothing but the daemon ends; those before it the kernel ends in its own time.
        Topology.InRouterShell(
            "conntrack -D -p icmp || :; "
            + $"conntrack -I -t 100 -p icmp -s 192.168.1.2 -d {Topology.Server4} --icmp-type 8 --icmp-code 0 --icmp-id 7 -u SEEN_REPLY -n 203.0.113.5");

        Topology.InRouterShell("ip addr del 203.0.113.5/24 dev wan; ip addr add 203.0.113.6/24 dev wan; ip route replace 198.51.100.1 via 203.0.113.1");
        daemon.Process.AwaitLine("an address is gone, and with it what was translated to it: 2 connections");
        Assert.Equal("", Topology.InRouter("conntrack", "-L", "-p", "icmp"));

        Eventually.Is(
            static () => Topology.Connections() is [var one] && one.Contains("dst=203.0.113.6 ", StringComparison.Ordinal),
            "the next packet begins a connection with the new address",
            otherwise: static () => string.Join('\n', Topology.Connections()));
    }

    private static bool AreAllAt(string port) =>
        SwitchChip.Entries is { Length: 4 } entries
        && entries.All(entry => entry.Contains($"in={port} ", StringComparison.Ordinal) || entry.Contains($"out={port} ", StringComparison.Ordinal));
}
