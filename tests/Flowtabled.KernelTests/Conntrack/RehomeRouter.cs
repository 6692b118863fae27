using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Conntrack;

/// <summary>
/// A crowded router with a flowtable that nft makes, and a set of hosts that are kept out of it.
/// </summary>
internal sealed class RehomeRouter : IDisposable
{
    private readonly CrowdedRouter _router;
    private readonly ConntrackClient _reader;

    /// <param name="options">Of the topology, separated by blanks.</param>
    /// <param name="devices">Of the flowtable, separated by commas.</param>
    /// <param name="flags">Of the flowtable: "flags offload;".</param>
    public RehomeRouter(string options, string devices, string flags = "")
    {
        _router = new CrowdedRouter(options);
        _reader = NetworkNamespace.Inside("router", static () => ConntrackClient.Open());
        Topology.InRouterShell($$"""
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
            }
            END
            """);
    }

    public static ConntrackRehomer Open(Func<INetlinkChannel, INetlinkChannel>? wrap = null) => NetworkNamespace.Inside("router", () =>
    {
        INetlinkChannel socket = new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER);
        return new ConntrackRehomer(wrap is null ? socket : wrap(socket));
    });

    /// <summary>Keeps the client's connections from being offloaded from now on.</summary>
    public static void Hold() => Topology.InRouterShell($"nft 'add element inet rehome held4 {{ {CrowdedRouter.Client4} }}; add element inet rehome held6 {{ {CrowdedRouter.Client6} }}'");

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
        _reader.Dispose();
        _router.Dispose();
    }

    private static bool IsLasting(string word) =>
        word.Contains('=') && !word.StartsWith("use=", StringComparison.Ordinal) && !word.StartsWith("packets=", StringComparison.Ordinal)
        && !word.StartsWith("bytes=", StringComparison.Ordinal);

    private readonly struct Recorder() : IConntrackHandler
    {
        public List<ConntrackEntry> Entries { get; } = [];

        public void Restart() => Entries.Clear();

        public void Handle(in ConntrackEntry entry) => Entries.Add(entry);
    }
}
