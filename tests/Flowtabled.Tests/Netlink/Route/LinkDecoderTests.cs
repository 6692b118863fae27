using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>Links as the kernel sent them to ip; the same in a running kernel are compared with ip's own words by Flowtabled.KernelTests.</summary>
public class LinkDecoderTests
{
    private static readonly string[] s_fixtures = ["rt/links.hex", "rt/dsa.hex", "rt/ppp.hex"];
    private static readonly Dictionary<string, Link> s_links = Decode("rt/links.hex");
    private static readonly Dictionary<string, Link> s_router = Decode("rt/ppp.hex");
    private static readonly Dictionary<string, Link> s_switch = Decode("rt/dsa.hex");

    [Fact]
    public void Each_link_is_read() => Assert.Equal(
        [
            "lo", "br-lan", "host1", "lan1", "lan2", "wan", "wan.7", "outer", "inner", "mac0", "wg0", "ifb4wan", "bond0", "gre1", "sit1", "vrf0",
            "\"\\;$\u00ff",
        ],
        s_links.Values.OrderBy(l => l.Index).Select(l => l.Name));

    [Fact]
    public void A_bridge_port()
    {
        var port = s_links["lan1"];

        Assert.Equal(s_links["br-lan"].Index, port.Master);
        Assert.Equal(("veth", "bridge"), (port.Kind, port.SlaveKind));
        Assert.Equal(1, port.HardwareType);
        Assert.Equal(1400, port.Mtu);
        Assert.Equal(LinkFlags.Up | LinkFlags.Running | LinkFlags.LowerUp, port.Flags & (LinkFlags.Up | LinkFlags.Running | LinkFlags.LowerUp));
        Assert.Equal((OperationalState.Up, true), (port.State, port.Carrier));
        Assert.Equal("noqueue", port.Qdisc);
        Assert.Null(port.Lower);
        Assert.False(port.LowerIsElsewhere);
    }

    [Fact]
    public void A_bridge()
    {
        var bridge = s_links["br-lan"];

        Assert.Equal("bridge", bridge.Kind);
        Assert.Null(bridge.Master);
        Assert.Null(bridge.Lower);
    }

    [Theory]
    [InlineData("wan.7", "wan", 7, 0x8100)]
    [InlineData("outer", "wan", 4094, 0x88a8)]
    [InlineData("inner", "outer", 100, 0x8100)]
    public void A_vlan(string name, string lower, int id, int protocol)
    {
        Assert.Equal("vlan", s_links[name].Kind);
        Assert.Equal(new VlanTag((ushort)id, (ushort)protocol), s_links[name].Vlan);
        Assert.Equal(s_links[lower].Index, s_links[name].Lower);
    }

    [Fact]
    public void A_pair_with_an_end_elsewhere() => Assert.Equal((null, true), (s_links["lan2"].Lower, s_links["lan2"].LowerIsElsewhere));

    [Theory]
    [InlineData("mac0", "macvlan", "wan", "vrf0")]
    [InlineData("gre1", "gre", "wan", null)]
    [InlineData("sit1", "sit", null, null)]
    [InlineData("wg0", "wireguard", null, null)]
    [InlineData("ifb4wan", "ifb", null, null)]
    [InlineData("bond0", "bond", null, null)]
    public void What_is_below_and_above(string name, string kind, string? lower, string? master)
    {
        var link = s_links[name];

        Assert.Equal(kind, link.Kind);
        Assert.Equal(lower is null ? null : s_links[lower].Index, link.Lower);
        Assert.Equal(master is null ? null : s_links[master].Index, link.Master);
        Assert.Null(link.Vlan);
        Assert.Null(link.DsaConduit);
    }

    [Fact]
    public void A_ppp_device_tells_nothing_of_what_is_below()
    {
        var ppp = s_router["pppoe-wan"];

        Assert.Equal((512, "ppp"), (ppp.HardwareType, ppp.Kind));
        Assert.Equal(1492, ppp.Mtu);
        Assert.Null(ppp.Lower);
        Assert.Null(ppp.Address);
        Assert.True(ppp.Flags.HasFlag(LinkFlags.PointToPoint | LinkFlags.NoArp));
    }

    [Fact]
    public void A_switchs_port_knows_its_conduit()
    {
        Assert.Equal("dsa", s_switch["lan1"].Kind);
        Assert.Equal(s_switch["eth0"].Index, s_switch["lan1"].DsaConduit);
        Assert.Equal(s_switch["eth0"].Index, s_switch["lan1"].Lower);
        Assert.Null(s_switch["eth0"].DsaConduit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_switchs_port_before_6_0_has_no_kind(bool hasSwitchId)
    {
        var message = Parsed("rt/dsa.hex", "lan1");
        message.Attributes.RemoveAll(a => Is(a, IfLink.IFLA_LINKINFO) || (!hasSwitchId && Is(a, IfLink.IFLA_PHYS_SWITCH_ID)));

        var port = Decode([message.ToArray()])["lan1"];

        Assert.Null(port.Kind);
        Assert.Equal(hasSwitchId ? s_switch["eth0"].Index : null, port.DsaConduit);
    }

    [Fact]
    public void A_mac_address_is_printed_as_ip_does() => Assert.Matches("^([0-9a-f]{2}:){5}[0-9a-f]{2}$", s_links["wan"].Address.ToString());

    [Fact]
    public void A_link_without_a_name_is_refused()
    {
        var message = Parsed("rt/links.hex", "wan");
        message.Attributes.RemoveAll(a => Is(a, IfLink.IFLA_IFNAME));

        var refusal = Assert.Throws<NetlinkFormatException>(() => Decode([message.ToArray()]));

        Assert.Equal(RtNetlink.RTM_NEWLINK, refusal.MessageType);
        Assert.Contains($"link {s_links["wan"].Index} has no name", refusal.Message);
    }

    [Fact]
    public void A_link_without_an_index_is_refused()
    {
        var message = Parsed("rt/links.hex", "wan");
        message.FixedHeader = new byte[InterfaceInfoMessage.Size];

        Assert.Contains("link index 0", Assert.Throws<NetlinkFormatException>(() => Decode([message.ToArray()])).Message);
    }

    [Fact]
    public void A_mutated_link_is_read_or_refused() =>
        StructuredMutation.Check(OneOfEachKind(), InterfaceInfoMessage.Size, datagram => Decode([datagram]));

    [Fact]
    public void A_cut_link_is_read_or_refused() =>
        StructuredMutation.Cut(OneOfEachKind(), InterfaceInfoMessage.Size, datagram => Decode([datagram]));

    private static byte[][] OneOfEachKind() =>
    [
        .. s_fixtures.SelectMany(Recording.Messages).DistinctBy(m => Assert.Single(Decode([m])).Value.Kind),
    ];

    private static bool Is(AttributeNode attribute, int type) => (attribute.Type & NetlinkUapi.NLA_TYPE_MASK) == type;

    private static MessageNode Parsed(string fixture, string name) =>
        Recording.Messages(fixture).SelectMany(m => MessageNode.Parse(m, InterfaceInfoMessage.Size)).Single(m => Decode([m.ToArray()]).ContainsKey(name));

    private static Dictionary<string, Link> Decode(string fixture) => Decode(Recording.Messages(fixture));

    private static Dictionary<string, Link> Decode(IEnumerable<byte[]> datagrams)
    {
        var links = new Dictionary<string, Link>();
        foreach (var datagram in datagrams)
        {
            var reader = new MessageReader(datagram);
            while (reader.Read())
            {
                if (LinkDecoder.TryDecode(in reader, out var link))
                    links[link.Name] = link;
            }
        }

        return links;
    }
}
