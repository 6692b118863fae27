using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.KernelTests.Conntrack;

/// <summary>Connections that must be left alone, and what happens to an entry between the look at it and its end.</summary>
public sealed class RehomeRaceTests
{
    private const string Tuple = "-p tcp -s 192.168.1.2 -d 198.51.100.1 --sport 40001 --dport 5001";
    private const string Established = "--state ESTABLISHED -u SEEN_REPLY -t 100";

    [Fact]
    public void One_that_vanished_is_gone_and_leaves_no_entry_behind()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var first = Held(40001);
        using var second = Held(40002);
        var entries = router.Offloaded();
        Conntrack($"-D {Tuple}");

        var connections = Rehome(entries);

        Assert.Equal(
            [(40001, RehomingOutcome.Gone), (40002, RehomingOutcome.Rehomed)],
            connections.Select(c => ((int)c.Original.SourcePort, c.Outcome)).Order());
        Assert.Contains("sport=40002", Assert.Single(RehomeRouter.Listing()), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_another_replaced_is_gone_and_the_other_stays()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var flow = Held(40001);
        var entries = router.Offloaded();
        // An id is made of the tuple and the place in memory: others take the old one's until the new entry has another.
        for (var port = 50001; router.Entries().Exists(e => e.Id == entries[0].Id); port++)
        {
            Assert.True(port < 50100, "the kernel gives the new entry the old one's place all the same");
            Conntrack($"-D {Tuple}");
            Conntrack($"-I {Tuple.Replace("40001", $"{port}", StringComparison.Ordinal)} {Established}");
            Conntrack($"-I {Tuple} {Established} -m 77");
        }

        var connection = Assert.Single(Rehome(entries));

        Assert.Equal(RehomingOutcome.Gone, connection.Outcome);
        Assert.Single(RehomeRouter.Listing(), static line => line.Contains("sport=40001 ", StringComparison.Ordinal) && line.Contains("mark=77", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a packet of the client's", $"-I {Tuple} {Established}")]
    [InlineData("an answer", $"-I -p tcp -s 198.51.100.1 -d 203.0.113.5 --sport 5001 --dport 40001 {Established}")]
    public void An_entry_that_was_made_in_between_gives_way(string what, string command)
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var flow = Held(40001);
        var before = RehomeRouter.Listing();

        var connection = Assert.Single(Rehome(router.Offloaded(), () => Conntrack(command)));

        Assert.Equal((RehomingOutcome.Rehomed, 2, what), (connection.Outcome, connection.Attempts, what));
        Assert.Equal(before, RehomeRouter.Listing());
    }

    [Fact]
    public void A_connection_that_took_the_port_in_between_keeps_it()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var flow = Held(40001);

        var connection = Assert.Single(Rehome(
            router.Offloaded(),
            static () => Conntrack($"-I {Tuple.Replace("192.168.1.2", "192.168.1.77", StringComparison.Ordinal)} {Established} --src-nat 203.0.113.5:40001")));

        Assert.Equal((RehomingOutcome.Refused, Errno.EEXIST), (connection.Outcome, connection.Errno));
        Assert.Contains("src=192.168.1.77 ", Assert.Single(RehomeRouter.Listing()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_helper_and_what_it_announced_are_left_alone()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        Command.Try("modprobe", "nf_nat_ftp"); // where it is a module; nothing asks for it by itself
        Topology.InRouterShell("""
            nft -f - <<'END'
            table inet helpers {
                ct helper ftp { type "ftp" protocol tcp; }
                chain prerouting {
                    type filter hook prerouting priority filter; policy accept;
                    tcp dport 21 ct helper set "ftp"
                }
            }
            END
            """);
        using var controlServer = Listen("server", 21);
        using var control = Connect("client", "192.168.1.2", Topology.Server4, 21);
        using var controlled = controlServer.Accept();
        Say(control, controlled, "\r\n"); // The helper reads from the second line on.
        Assert.Equal("PORT 203,0,113,5,156,70\r\n", Say(control, controlled, "PORT 192,168,1,2,156,70\r\n"));
        using var dataServer = Listen("client", 40006);
        using var data = Connect("server", Topology.Server4, CrowdedRouter.Address, 40006);
        using var dataEnd = dataServer.Accept();
        Assert.Equal("data", Say(data, dataEnd, "data"));
        var before = router.Entries().Where(e => e.Original.Protocol == 6).Select(e => e.Id).Order();

        var connections = Rehome(router.Entries());

        Assert.Equal(
            [RehomingObstacle.Helper, RehomingObstacle.Expected],
            connections.Where(c => c.Original.Protocol == 6).Select(c => c.Obstacle).Order());
        Assert.All(connections, c => Assert.Equal(RehomingOutcome.LeftAlone, c.Outcome));
        Assert.Equal(before, router.Entries().Where(e => e.Original.Protocol == 6).Select(e => e.Id).Order());
        Assert.Equal("more", Say(dataEnd, data, "more"));
    }

    [Fact]
    public void A_full_table_takes_as_many_as_it_has_room_for()
    {
        const string maximum = "/proc/sys/net/netfilter/nf_conntrack_max";
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var flows = new TrafficCrowd(5, Topology.Server4);
        router.AwaitOffloaded(5);
        var usual = File.ReadAllText(maximum);
        Rehoming[] connections;
        try
        {
            File.WriteAllText(maximum, $"{router.Entries().Count + 2}");
            connections = Rehome(router.Offloaded());
        }
        finally
        {
            File.WriteAllText(maximum, usual);
        }

        Assert.Equal(2, connections.Count(c => c.Outcome == RehomingOutcome.Rehomed));
        Assert.Equal(3, connections.Count(c => (c.Outcome, c.Obstacle) == (RehomingOutcome.LeftAlone, RehomingObstacle.TableFull)));
        Assert.Equal(0, flows.Stop().Lost);
    }

    [Fact]
    public void Monitors_see_one_end_and_the_next_begin()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var monitor = new BackgroundProcess("ip", "netns", "exec", "router", "stdbuf", "-oL", "conntrack", "-E", "-e", "NEW,DESTROY", "-o", "id");
        Eventually.Is(
            () => Regex.IsMatch(Topology.InRouter("cat", "/proc/net/netlink"), $@"\s12\s+{monitor.Id}\s+(?!0{{8}})"), // NETLINK_NETFILTER, in groups
            "the monitor listens");
        using var flow = Held(40001);
        monitor.AwaitLine("[NEW]");
        var old = Assert.Single(router.Offloaded()).Id;

        Rehome(router.Offloaded());

        var destroyed = monitor.AwaitLine("[DESTROY]");
        Assert.Contains($" id={old} ", destroyed, StringComparison.Ordinal);
        Assert.Contains("packets=", destroyed, StringComparison.Ordinal); // what it has carried, to the last packet
        var now = Assert.Single(router.Entries(ConntrackStatus.Assured)).Id;
        Assert.Contains("[NEW]", monitor.AwaitLine($" id={now} "), StringComparison.Ordinal);
    }

    /// <summary>What the kernel does by itself for masqueraded connections, others must do for those that were rehomed.</summary>
    [Fact]
    public void The_loss_of_the_address_no_longer_ends_one_that_was_rehomed()
    {
        using var router = new RehomeRouter("--nat", "lan, wan");
        using var first = Held(40001);
        Rehome(router.Offloaded());
        using var second = Held(40002);
        Assert.Equal(2, RehomeRouter.Listing().Length);

        Topology.InRouter("ip", "address", "delete", $"{CrowdedRouter.Address}/24", "dev", "wan");

        Eventually.Is(static () => RehomeRouter.Listing().Length == 1, "masquerading ends its connection", otherwise: static () => Topology.InRouter("conntrack", "-L"));
        Assert.Contains("sport=40001", RehomeRouter.Listing()[0], StringComparison.Ordinal);
    }

    /// <summary>A connection that is established and silent.</summary>
    private static Traffic Held(int from)
    {
        var traffic = new Traffic(Topology.Server4, $"--count 10 --hold --from {from}");
        Assert.Equal(0, traffic.AwaitDone().Lost);
        return traffic;
    }

    private static Rehoming[] Rehome(List<ConntrackEntry> entries, Action? inBetween = null)
    {
        using var rehomer = RehomeRouter.Open(inBetween is null ? null : socket => new RacingChannel(socket, inBetween));
        Rehoming[] connections = [.. entries.Select(entry => new Rehoming(in entry))];
        rehomer.Rehome(connections);
        return connections;
    }

    private static void Conntrack(string arguments) => Topology.InRouterShell($"conntrack {arguments} 2>&1");

    private static Socket Listen(string name, int port) => NetworkNamespace.Inside(name, () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        socket.Listen();
        return socket;
    });

    private static Socket Connect(string name, string from, string address, int port) => NetworkNamespace.Inside(name, () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000 };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(IPAddress.Parse(address), port);
        return socket;
    });

    // What arrives of a text at the other end.
    private static string Say(Socket from, Socket to, string text)
    {
        from.Send(System.Text.Encoding.ASCII.GetBytes(text));
        var buffer = new byte[100];
        to.ReceiveTimeout = 10_000;
        return System.Text.Encoding.ASCII.GetString(buffer, 0, to.Receive(buffer));
    }
}
