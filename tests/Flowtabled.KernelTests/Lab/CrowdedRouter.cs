using System.Globalization;

namespace Flowtabled.KernelTests.Lab;

/// <summary>The lab's router with ports 8001 to 8999 forwarded to the client's port 5001, ready for <see cref="HundredFlows"/>.</summary>
internal sealed class CrowdedRouter : IDisposable
{
    public const string Address = "203.0.113.5";
    public const string Address6 = "2001:db8::5";
    public const string Client4 = "192.168.1.2";
    public const string Client6 = "fd00:1::2";

    private readonly BackgroundProcess _server;

    /// <param name="options">Of the topology, separated by blanks.</param>
    public CrowdedRouter(string options)
    {
        Topology = new Topology(options);
        Topology.InRouterShell($$"""
            sysctl -qw net.netfilter.nf_conntrack_acct=1
            nft -f - <<'END'
            table inet forwards {
                chain dstnat {
                    type nat hook prerouting priority dstnat; policy accept;
                    ip daddr {{Address}} meta l4proto { tcp, udp } th dport 8001-8999 dnat ip to {{Client4}}:5001
                    ip6 daddr {{Address6}} meta l4proto { tcp, udp } th dport 8001-8999 dnat ip6 to [{{Client6}}]:5001
                }
            }
            insert rule inet fw4 forward ct status dnat accept
            END
            """);
        // As pppd makes it three packets wait: too few for a hundred connections on the slow path of a slow machine.
        Command.Try("ip", "-n", "router", "link", "set", "pppoe-wan", "txqueuelen", "1000");
        // Often a packet is on its way from the server: some of the first that come after a change are answers.
        Command.Run("tc", "-n", "server", "qdisc", "add", "dev", "eth0", "root", "netem", "delay", "50ms", "limit", "10000");
        _server = new BackgroundProcess("ip", "netns", "exec", "client", LabFiles.Traffic, "serve");
        _server.AwaitLine("ready");
    }

    public Topology Topology { get; }

    /// <summary>
    /// Segments that were lost between both ends since they exist: sent again, and not there already when they came. A sender on a slow machine sends
    /// many again on suspicion only, and the receiver says so (RFC 2883).
    /// </summary>
    public static long LostSegments
    {
        get
        {
            var lost = 0L;
            foreach (var end in (string[])["client", "server"])
                lost += SentAgain(end) - Count(end, "netstat", "TcpExt:", "TCPDSACKOldSent", "TCPDSACKOfoSent");
            return lost;
        }
    }

    /// <summary>How many resets both ends have sent and got since they exist.</summary>
    public static long Resets => Count("client", "snmp", "Tcp:", "OutRsts", "EstabResets") + Count("server", "snmp", "Tcp:", "OutRsts", "EstabResets");

    /// <summary>Segments that an end has sent again since it exists.</summary>
    public static long SentAgain(string end) => Count(end, "snmp", "Tcp:", "RetransSegs");

    /// <summary>No segment was lost since then. One may be counted twice: a receiver may take it for late that came in time.</summary>
    /// <param name="before"><see cref="LostSegments"/> then.</param>
    public static void AssertNoneLost(long before)
    {
        var lost = LostSegments - before;
        Assert.True(lost <= 1, $"{lost} segments were lost");
    }

    public void Dispose()
    {
        _server.Dispose();
        Topology.Dispose();
    }

    private static long Count(string end, string file, string group, params string[] names)
    {
        var lines = Command.Run("ip", "netns", "exec", end, "grep", "^" + group, "/proc/net/" + file).Split('\n');
        var (all, values) = (lines[0].Split(' '), lines[1].Split(' '));
        return names.Sum(name => long.Parse(values[Array.IndexOf(all, name)], CultureInfo.InvariantCulture));
    }
}
