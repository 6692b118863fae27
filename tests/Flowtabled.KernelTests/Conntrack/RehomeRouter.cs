using System.Globalization;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Conntrack;

/// <summary>
/// The lab's router with a flowtable that nft makes, a set of hosts that are kept out of it, and ports 8001 to 8999 forwarded to the client's port 5001.
/// </summary>
internal sealed class RehomeRouter : IDisposable
{
    public const string Address = "203.0.113.5";
    private const string Client4 = "192.168.1.2";
    private const string Client6 = "fd00:1::2";

    private readonly Topology _topology;
    private readonly ConntrackClient _reader;
    private readonly BackgroundProcess _server;

    /// <param name="options">Of the topology, separated by blanks.</param>
    /// <param name="devices">Of the flowtable, separated by commas.</param>
    /// <param name="flags">Of the flowtable: "flags offload;".</param>
    public RehomeRouter(string options, string devices, string flags = "")
    {
        _topology = new Topology(options);
        _reader = NetworkNamespace.Inside("router", static () => ConntrackClient.Open());
        Topology.InRouterShell($$"""
            sysctl -qw net.netfilter.nf_conntrack_acct=1
            nft -f - <<'END'
            table inet rehome {
                flowtable ft {
                    hook ingress priority 0
                    devices = { {{devices}} }
                    counter
                    {{flags}}
                }
                set held4 { type ipv4_addr; }
                set held6 { type ipv6_addr; }
                chain forward {
                    type filter hook forward priority filter + 10; policy accept;
                    ip saddr @held4 return
                    ip daddr @held4 return
                    ip6 saddr @held6 return
                    ip6 daddr @held6 return
                    ct state established meta l4proto { tcp, udp } flow add @ft
                }
                chain dstnat {
                    type nat hook prerouting priority dstnat; policy accept;
                    ip daddr {{Address}} meta l4proto { tcp, udp } th dport 8001-8999 dnat ip to {{Client4}}:5001
                }
            }
            insert rule inet fw4 forward ct status dnat accept
            END
            """);
        // As pppd makes it three packets wait: too few for a hundred connections on the slow path of a slow machine.
        Command.Try("ip", "-n", "router", "link", "set", "pppoe-wan", "txqueuelen", "1000");
        // Often a packet is on its way from the server: some of the first that come after are answers.
        Command.Run("tc", "-n", "server", "qdisc", "add", "dev", "eth0", "root", "netem", "delay", "50ms", "limit", "10000");
        _server = new BackgroundProcess("ip", "netns", "exec", "client", LabFiles.Program("traffic"), "serve");
        _server.AwaitLine("ready");
    }

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
                lost += Count(end, "snmp", "Tcp:", "RetransSegs") - Count(end, "netstat", "TcpExt:", "TCPDSACKOldSent", "TCPDSACKOfoSent");
            return lost;
        }
    }

    public static ConntrackRehomer Open(Func<INetlinkChannel, INetlinkChannel>? wrap = null) => NetworkNamespace.Inside("router", () =>
    {
        INetlinkChannel socket = new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER);
        return new ConntrackRehomer(wrap is null ? socket : wrap(socket));
    });

    /// <summary>Keeps the client's connections from being offloaded from now on.</summary>
    public static void Hold() => Topology.InRouterShell($"nft 'add element inet rehome held4 {{ {Client4} }}; add element inet rehome held6 {{ {Client6} }}'");

    public static void Release() => Topology.InRouterShell("nft 'flush set inet rehome held4; flush set inet rehome held6'");

    /// <summary>The router's connections, all or those that have these bits.</summary>
    public List<ConntrackEntry> Entries(ConntrackStatus mask = ConntrackStatus.None)
    {
        var all = new Recorder();
        _reader.Dump(mask, mask, ref all);
        return all.Entries;
    }

    public List<ConntrackEntry> Offloaded() => Entries(ConntrackStatus.Offload);

    public void AwaitOffloaded(int count) => Eventually.Is(
        () => Offloaded().Count == count, $"{count} connections are offloaded", TimeSpan.FromSeconds(20), static () => Topology.InRouter("conntrack", "-L"));

    /// <summary>Each TCP and UDP connection as conntrack prints it, without what differs from one moment to the next: counters, timeout, state, uses.</summary>
    public static string[] Listing() =>
    [
        .. Topology.InRouter("conntrack", "-L", "-o", "labels").Split('\n')
            .Concat(Topology.InRouter("conntrack", "-L", "-f", "ipv6", "-o", "labels").Split('\n'))
            .Where(line => line.StartsWith("tcp", StringComparison.Ordinal) || line.StartsWith("udp", StringComparison.Ordinal))
            .Select(line => line[..3] + ' ' + string.Join(' ', line.Split(' ').Where(IsLasting)))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose()
    {
        _server.Dispose();
        _reader.Dispose();
        _topology.Dispose();
    }

    private static bool IsLasting(string word) =>
        word.Contains('=') && !word.StartsWith("use=", StringComparison.Ordinal) && !word.StartsWith("packets=", StringComparison.Ordinal)
        && !word.StartsWith("bytes=", StringComparison.Ordinal);

    private static long Count(string end, string file, string group, params string[] names)
    {
        var lines = Command.Run("ip", "netns", "exec", end, "grep", "^" + group, "/proc/net/" + file).Split('\n');
        var (all, values) = (lines[0].Split(' '), lines[1].Split(' '));
        return names.Sum(name => long.Parse(values[Array.IndexOf(all, name)], CultureInfo.InvariantCulture));
    }

    private readonly struct Recorder() : IConntrackHandler
    {
        public List<ConntrackEntry> Entries { get; } = [];

        public void Restart() => Entries.Clear();

        public void Handle(in ConntrackEntry entry) => Entries.Add(entry);
    }
}
