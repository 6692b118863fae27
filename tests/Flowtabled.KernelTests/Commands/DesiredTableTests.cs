using System.Text.Json;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Commands;

/// <summary>
/// After <c>flowtabled apply</c> nft lists what <c>flowtabled plan --json</c> desires: each member of the plan is said to another nft, in a namespace that
/// has devices of the same names, and the two listings are compared line by line.
/// </summary>
public sealed class DesiredTableTests
{
    private const string NotCounted = "config flowtabled 'main'\n\toption counter '0'\n";
    private const string Excluded = "config device\n\toption name 'wan'\n\toption exclude '1'\n";

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", " --plain-table", NotCounted)]
    [InlineData("--lan bridge --wan pppoe-vlan", " --plain-table", Excluded)]
    public void Nft_lists_what_the_plan_desires(string lab, string options, string config)
    {
        using var topology = new Topology(lab);
        topology.Commit("flowtabled", config);
        var plan = ProgramCall.Run(topology, $"plan --json{options}");
        Assert.Equal((0, ""), (plan.Status, plan.Error));
        var desired = plan.Json.GetProperty("table");
        using var nfts = new NetworkNamespace();
        foreach (var device in Strings(desired.GetProperty("flowtable"), "devices"))
            nfts.Run($"ip link add {device} type dummy");
        nfts.Run($"nft -f - <<'END'\n{Script(desired)}END\n");

        Assert.Equal(0, ProgramCall.Run(topology, $"apply{options}").Status);

        Assert.Equal(
            NftListing.Lines(nfts.Run("nft -s list ruleset")), NftListing.Lines(Topology.InRouter("nft", "-s", "list", "table", "inet", "flowtabled")));
        Assert.Equal(Strings(desired, "flags"), Flags());
    }

    // The owner has ended: what tells that the table had one is that it could persist.
    private static string[] Flags()
    {
        using var client = new NftClient(NetworkNamespace.Inside("router", () => new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER)));
        return client.TryGetTable(new NftTableName(NftFamily.Inet, "flowtabled"))?.Flags switch
        {
            NftTableFlags.None => [],
            NftTableFlags.Persist => ["owner", "persist"],
            var other => [$"{other}"],
        };
    }

    private static string Script(JsonElement table)
    {
        var (flowtable, chain) = (table.GetProperty("flowtable"), table.GetProperty("chain"));
        return $$"""
            table {{Text(table, "family")}} {{Text(table, "name")}} {
            {{string.Concat(table.GetProperty("sets").EnumerateArray().Select(Set))}}
                flowtable {{Text(flowtable, "name")}} {
                    hook ingress priority {{flowtable.GetProperty("priority")}}
                    devices = { {{string.Join(", ", Strings(flowtable, "devices"))}} }
                    {{string.Join('\n', Strings(flowtable, "flags"))}}
                }
                chain {{Text(chain, "name")}} {
                    type {{Text(chain, "type")}} hook {{Text(chain, "hook")}} priority {{chain.GetProperty("priority")}}
                    policy {{Text(chain, "policy")}}
                    {{string.Join('\n', Strings(chain, "rules"))}}
                }
            }

            """;
    }

    private static string Set(JsonElement set)
    {
        var flags = string.Concat(Strings(set, "flags").Select(static flag => $" flags {flag};"));
        var size = set.TryGetProperty("size", out var most) ? $" size {most};" : "";
        var elements = Strings(set, "elements") is { Length: > 0 } all ? $" elements = {{ {string.Join(", ", all)} }};" : "";
        return $"set {Text(set, "name")} {{ type {Text(set, "type")};{size}{flags}{elements} }}\n";
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static string[] Strings(JsonElement element, string member) =>
        [.. element.GetProperty(member).EnumerateArray().Select(static value => value.GetString()!)];
}
