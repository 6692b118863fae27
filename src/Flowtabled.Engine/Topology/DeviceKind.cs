namespace Flowtabled.Engine.Topology;

/// <summary>What a network device is, as far as the kernel's forward path cares.</summary>
public enum DeviceKind
{
    /// <summary>A port with a driver of its own, Ethernet or Wi-Fi: the end of every path.</summary>
    Physical,

    /// <summary>A user port of a DSA switch. The forward path ends here, not at the conduit below it.</summary>
    Dsa,

    /// <summary>An 802.1Q or 802.1ad device; <see cref="Device.LowerIndex"/> is what it tags on.</summary>
    Vlan,

    /// <summary>A Linux bridge; its ports are the devices that name it as <see cref="Device.MasterIndex"/>.</summary>
    Bridge,

    /// <summary>
    /// A PPP device. With a <see cref="Device.PppoeParentIndex"/> it is PPPoE and the path goes on below; without, it ends here.
    /// </summary>
    Ppp,

    /// <summary>A bond or team.</summary>
    Bond,

    /// <summary>A macvlan, macvtap or ipvlan.</summary>
    Macvlan,

    /// <summary>One end of a veth pair. Its <c>IFLA_LINK</c> is the other end, not something below it.</summary>
    Veth,

    /// <summary>WireGuard, GRE, IPIP, VXLAN, tun and their like.</summary>
    Tunnel,

    /// <summary>An intermediate functional block, where ingress traffic is shaped.</summary>
    Ifb,

    /// <summary>The loopback device.</summary>
    Loopback,

    /// <summary>Anything else.</summary>
    Other,
}
