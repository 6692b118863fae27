using System.Text.Json;
using Flowtabled.Netlink.Route;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>Links as we read them against links as ip prints them.</summary>
public sealed class LinkTests : IDisposable
{
    // The kernel tells the carrier of devices that are up.
    private const string PrintCarriers = """
        for device in /sys/class/net/*/; do
            if carrier=$(cat "$device/carrier" 2>/dev/null); then echo "$(cat "$device/ifindex") $carrier"; fi
        done
        """;

    private readonly NetworkNamespace _here = new();
    private readonly NetworkNamespace _there = new();
    private readonly RouteClient _client;

    public LinkTests() => _client = _here.Inside(() => RouteClient.Open());

    public void Dispose()
    {
        _client.Dispose();
        _here.Dispose();
        _there.Dispose();
    }

    [Theory]
    [InlineData("loopback", "ip link set lo up")]
    [InlineData("bridge with ports", """
        ip link add br-lan type bridge
        for i in 0 2; do
            ip link add eth$i type veth peer name eth$((i + 1))
            ip link set eth$i master br-lan mtu 1400 up
            ip link set eth$((i + 1)) up
        done
        ip link set br-lan up
        """)]
    [InlineData("vlans", """
        ip link add eth0 type dummy
        ip link add link eth0 eth0.7 type vlan id 7
        ip link add link eth0 outer type vlan proto 802.1ad id 4094
        ip link add link outer inner type vlan id 100
        ip link set eth0 up
        """)]
    [InlineData("stacked and virtual", """
        ip link add eth0 type dummy
        ip link add link eth0 mac0 type macvlan mode bridge
        ip link add ifb4eth0 type ifb
        ip link add wg0 type wireguard
        ip link add vrf0 type vrf table 10
        ip link set eth0 master vrf0
        ip link add bond0 type bond
        ip link add gre1 type gre local 192.0.2.1 remote 192.0.2.2 dev eth0
        ip link add sit1 type sit local 192.0.2.1 remote 192.0.2.2
        """)]
    [InlineData("qdiscs", """
        ip link add eth0 type dummy
        ip link add eth1 type dummy
        tc qdisc add dev eth0 root handle 1: htb
        tc qdisc add dev eth1 root cake bandwidth 10mbit
        ip link set eth0 up
        ip link set eth1 up
        """)]
    [InlineData("odd names", """
        for name in "'" '"quoted"' 'back\slash' '$x' 'a;b' '[' "$(printf 'caf\303\251')" "$(printf 'a\377\200')" 123456789012345; do
            ip link add "$name" type dummy
        done
        """)]
    public void Links_are_what_ip_prints(string _, string setup)
    {
        _here.Run(setup);

        AssertSameAsIp();
    }

    [Fact]
    public void A_pairs_end_in_another_namespace_is_not_below()
    {
        _here.Run($"ip link add eth0 type veth peer name eth1 netns {_there.Name}; ip link add eth2 type veth peer name eth3");

        AssertSameAsIp();
        var links = _client.DumpLinks();
        var (away, near) = (links.Single(l => l.Name == "eth0"), links.Single(l => l.Name == "eth2"));
        Assert.True(away.LowerIsElsewhere);
        Assert.False(near.LowerIsElsewhere);
        Assert.Null(away.Lower);
        Assert.Null(near.Lower);
    }

    [Fact]
    public void A_vlan_whose_device_is_in_another_namespace_has_none_below()
    {
        _here.Run($"""
            ip link add eth0 type dummy
            ip link add link eth0 eth0.5 type vlan id 5
            ip link set eth0.5 netns {_there.Name}
            """);
        using var there = _there.Inside(() => RouteClient.Open());

        var vlan = there.DumpLinks().Single(l => l.Name == "eth0.5");

        Assert.Equal("vlan", vlan.Kind);
        Assert.Equal(new VlanTag(5, 0x8100), vlan.Vlan);
        Assert.True(vlan.LowerIsElsewhere);
        Assert.Null(vlan.Lower);
    }

    private void AssertSameAsIp()
    {
        // Carrier and state follow a change with a delay: compare what stood still.
        List<Link> actual;
        string printed, carriers;
        do
        {
            actual = _client.DumpLinks();
            printed = _here.Run("ip -json -details link show");
            carriers = _here.Run(PrintCarriers);
        }
        while (!_client.DumpLinks().SequenceEqual(actual));

        using var json = JsonDocument.Parse(printed);
        var expected = json.RootElement.EnumerateArray().ToList();
        var indexes = expected.ToDictionary(e => e.GetProperty("ifname").GetString()!, e => e.GetProperty("ifindex").GetInt32());
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (e, link) in expected.Zip(actual))
            AssertSame(e, link, indexes);
        Assert.Equal(
            carriers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(),
            actual.Where(l => l.Flags.HasFlag(LinkFlags.Up)).Select(l => $"{l.Index} {(l.Carrier ? 1 : 0)}").Order());
    }

    private static void AssertSame(JsonElement expected, Link link, Dictionary<string, int> indexes)
    {
        Assert.Equal(expected.GetProperty("ifindex").GetInt32(), link.Index);
        Assert.Equal(Text(expected, "ifname"), link.Name);
        Assert.Equal(Text(expected, "link_type"), TypeName(link.HardwareType));
        Assert.Equal(expected.GetProperty("mtu").GetInt32(), link.Mtu);
        Assert.Equal(Text(expected, "operstate"), link.State.ToString().ToUpperInvariant());
        Assert.Equal(Text(expected, "qdisc"), link.Qdisc);
        Assert.Equal(Text(expected, "linkinfo", "info_kind"), link.Kind);
        Assert.Equal(Text(expected, "linkinfo", "info_slave_kind"), link.SlaveKind);
        Assert.Equal(Text(expected, "master") is { } master ? indexes[master] : null, link.Master);
        Assert.Equal(expected.TryGetProperty("link_netnsid", out var _), link.LowerIsElsewhere);
        if (link.HardwareType == 1)
            Assert.Equal(Text(expected, "address"), link.Address.ToString());

        // ip prints the other end of a pair as "link", too.
        var lower = link.Kind == "veth" ? null : Text(expected, "link");
        Assert.Equal(lower is null ? null : indexes[lower], link.Lower);

        Assert.Equal(Text(expected, "linkinfo", "info_data", "protocol"), link.Vlan?.Protocol switch
        {
            0x8100 => "802.1Q",
            0x88a8 => "802.1ad",
            _ => null,
        });
        if (link.Vlan is { } tag)
            Assert.Equal(expected.GetProperty("linkinfo").GetProperty("info_data").GetProperty("id").GetInt32(), tag.Id);

        var flags = expected.GetProperty("flags").EnumerateArray().Select(f => f.GetString()).ToHashSet();
        Assert.Equal(flags.Contains("UP"), link.Flags.HasFlag(LinkFlags.Up));
        Assert.Equal(flags.Contains("LOWER_UP"), link.Flags.HasFlag(LinkFlags.LowerUp));
        Assert.Equal(flags.Contains("LOOPBACK"), link.Flags.HasFlag(LinkFlags.Loopback));
        Assert.Equal(flags.Contains("POINTOPOINT"), link.Flags.HasFlag(LinkFlags.PointToPoint));
        Assert.Equal(flags.Contains("NOARP"), link.Flags.HasFlag(LinkFlags.NoArp));
        Assert.Equal(flags.Contains("PROMISC"), link.Flags.HasFlag(LinkFlags.Promiscuous));
        Assert.Equal(flags.Contains("NO-CARRIER"), link.Flags.HasFlag(LinkFlags.Up) && !link.Flags.HasFlag(LinkFlags.Running));
    }

    private static string? Text(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (!element.TryGetProperty(name, out element))
                return null;
        }

        return element.GetString();
    }

    private static string TypeName(ushort hardwareType) => hardwareType switch
    {
        1 => "ether",
        512 => "ppp",
        768 => "ipip",
        769 => "tunnel6",
        772 => "loopback",
        776 => "sit",
        778 => "gre",
        823 => "gre6",
        65534 => "none",
        _ => hardwareType.ToString(),
    };
}
