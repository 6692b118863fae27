using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// The lab's router for <see cref="TwoHundredFlows"/>: over IPv4 and IPv6 it translates what goes to one address of the server and what comes to its
/// own, and only routes what goes to another and what comes to the client itself. It notes which connections come through its forward hook.
/// </summary>
internal sealed class MixedRouter : IDisposable
{
    /// <summary>Where what goes there is not translated; <see cref="Topology.Server4"/> is where it is.</summary>
    public const string Plain4 = "198.51.100.2";

    /// <summary>Likewise, besides <see cref="Topology.Server6"/>.</summary>
    public const string Plain6 = "2001:db8:100::2";

    private readonly CrowdedRouter _router = new("--nat --nat6 --lan bridge");

    public MixedRouter()
    {
        Command.Run("sh", "-euc", $"""
            ip -n server address add {Plain4}/32 dev lo
            ip -n server address add {Plain6}/128 dev lo
            ip -n server route replace 192.168.1.0/24 via {CrowdedRouter.Address}
            ip -n server route replace fd00:1::/64 via {CrowdedRouter.Address6}
            ip -n router route replace {Plain4} via 203.0.113.1
            ip -n router route replace {Plain6} via 2001:db8::1
            """);
        Topology.InRouterShell($$"""
            nft -f - <<'END'
            insert rule inet fw4 srcnat_wan ip daddr {{Plain4}} accept
            insert rule inet fw4 srcnat_wan ip6 daddr {{Plain6}} accept
            insert rule inet fw4 forward iifname wan ip daddr {{CrowdedRouter.Client4}} accept
            insert rule inet fw4 forward iifname wan ip6 daddr {{CrowdedRouter.Client6}} accept
            table inet seen {
                set seen4 {
                    type ipv4_addr . ipv4_addr . inet_proto . inet_service
                    size 4096
                    flags dynamic
                }
                set seen6 {
                    type ipv6_addr . ipv6_addr . inet_proto . inet_service
                    size 4096
                    flags dynamic
                }
                chain forward {
                    type filter hook forward priority filter - 11; policy accept;
                    meta l4proto != { tcp, udp } accept
                    ct direction original meta nfproto ipv4 update @seen4 { ct original ip saddr . ct original ip daddr . meta l4proto . th sport }
                    ct direction original meta nfproto ipv6 update @seen6 { ct original ip6 saddr . ct original ip6 daddr . meta l4proto . th sport }
                    ct direction reply meta nfproto ipv4 update @seen4 { ct original ip saddr . ct original ip daddr . meta l4proto . th dport }
                    ct direction reply meta nfproto ipv6 update @seen6 { ct original ip6 saddr . ct original ip6 daddr . meta l4proto . th dport }
                }
            }
            END
            """);
    }

    public Topology Topology => _router.Topology;

    /// <summary>The names (<see cref="TrackedConnection.Name"/>) of those that had a packet in the forward hook since <see cref="Forget"/>, sorted.</summary>
    public static string[] Seen => [.. Elements("seen4").Concat(Elements("seen6")).Order(StringComparer.Ordinal)];

    public static void Forget() => Topology.InRouterShell("nft 'flush set inet seen seen4; flush set inet seen seen6'");

    public void Dispose() => _router.Dispose();

    private static List<string> Elements(string set)
    {
        using var json = JsonDocument.Parse(Topology.InRouter("nft", "-j", "list", "set", "inet", "seen", set));
        var names = new List<string>();
        foreach (var item in json.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (!item.TryGetProperty("set", out var found) || !found.TryGetProperty("elem", out var elements))
                continue;
            foreach (var element in elements.EnumerateArray())
            {
                var fields = element.GetProperty("concat");
                names.Add(TrackedConnection.NameOf($"{fields[2]}", $"{fields[0]}", $"{fields[3]}", $"{fields[1]}"));
            }
        }

        return names;
    }
}
