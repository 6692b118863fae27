namespace Flowtabled.Netlink.Route;

/// <summary>A network device as rtnetlink describes it (RTM_NEWLINK; linux/rtnetlink.h, linux/if_link.h).</summary>
public sealed record Link
{
    /// <summary>Interface index: stays when the device is renamed, never given again while it exists.</summary>
    public required int Index { get; init; }

    /// <summary>IFLA_IFNAME: 1 to 15 bytes, one char each (Latin-1).</summary>
    public required string Name { get; init; }

    /// <summary>ARPHRD_* (linux/if_arp.h): 1 Ethernet, 512 PPP, 772 loopback, 65534 none.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>IFF_* flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>IFLA_MTU, bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>IFLA_OPERSTATE.</summary>
    public OperationalState State { get; init; }

    /// <summary>IFLA_CARRIER: whether the driver has a carrier.</summary>
    public bool Carrier { get; init; }

    /// <summary>IFLA_ADDRESS where it is a MAC address, else null (ppp, WireGuard).</summary>
    public MacAddress? Address { get; init; }

    /// <summary>IFLA_INFO_KIND: "vlan", "bridge", "veth", "ppp", "wireguard", "dsa", ...; null for a physical port.</summary>
    public string? Kind { get; init; }

    /// <summary>IFLA_INFO_SLAVE_KIND: the kind of its master, "bridge", "bond", ...; null without one.</summary>
    public string? SlaveKind { get; init; }

    /// <summary>IFLA_MASTER: index of the bridge, bond or VRF that it is a port of, or null.</summary>
    public int? Master { get; init; }

    /// <summary>
    /// Index of the device it sits on and sends through (IFLA_LINK of a VLAN, macvlan, DSA port or bound tunnel), or null. IFLA_LINK of the
    /// two ends of a pair (veth, netkit, vxcan) names the other end, which is not below: null. So is it for ppp, which does not tell.
    /// </summary>
    public int? Lower { get; init; }

    /// <summary>IFLA_LINK_NETNSID was there: the device below, or the pair's other end, is in another network namespace.</summary>
    public bool LowerIsElsewhere { get; init; }

    /// <summary>A VLAN device's tag, or null.</summary>
    public VlanTag? Vlan { get; init; }

    /// <summary>
    /// For a DSA switch's port the index of its conduit, the device whose cable leads from the switch to the CPU; else null. Read from
    /// IFLA_DSA_CONDUIT (since 6.0); before, such a port has no kind, a switch id and the conduit as IFLA_LINK.
    /// </summary>
    public int? DsaConduit { get; init; }

    /// <summary>IFLA_QDISC: kind of the root qdisc, "noqueue", "fq_codel", "mq", "cake", ...</summary>
    public string? Qdisc { get; init; }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
