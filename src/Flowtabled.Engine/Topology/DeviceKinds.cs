namespace Flowtabled.Engine.Topology;

/// <summary>Tells what a device is from what the kernel says about it.</summary>
public static class DeviceKinds
{
    private const ushort HardwareTypeTunnel = 768;
    private const ushort HardwareTypeTunnel6 = 769;
    private const ushort HardwareTypeLoopback = 772;
    private const ushort HardwareTypePpp = 512;
    private const ushort HardwareTypeNone = 65534;

    /// <summary>Classifies a device.</summary>
    /// <param name="kernelKind">
    /// <c>IFLA_INFO_KIND</c>; empty or <see langword="null"/> when the kernel sends none, as for physical ports.
    /// </param>
    /// <param name="hardwareType">The <c>ARPHRD_*</c> number (linux/if_arp.h) of the link message.</param>
    public static DeviceKind Classify(string? kernelKind, ushort hardwareType) => kernelKind switch
    {
        null or "" => ByHardware(hardwareType),
        "vlan" => DeviceKind.Vlan,
        "bridge" => DeviceKind.Bridge,
        "dsa" => DeviceKind.Dsa,
        "ppp" => DeviceKind.Ppp,
        "bond" or "team" => DeviceKind.Bond,
        "macvlan" or "macvtap" or "ipvlan" or "ipvtap" => DeviceKind.Macvlan,
        "veth" => DeviceKind.Veth,
        "ifb" => DeviceKind.Ifb,
        "wireguard" or "amneziawg" or "ovpn" or "tun" or "xfrm" or "vti" or "vti6"
            or "gre" or "gretap" or "ip6gre" or "ip6gretap" or "erspan" or "ip6erspan"
            or "ipip" or "ip6tnl" or "sit" or "vxlan" or "geneve" or "gtp" => DeviceKind.Tunnel,
        _ => DeviceKind.Other,
    };

    private static DeviceKind ByHardware(ushort hardwareType) => hardwareType switch
    {
        HardwareTypeLoopback => DeviceKind.Loopback,
        HardwareTypePpp => DeviceKind.Ppp,
        HardwareTypeTunnel or HardwareTypeTunnel6 or HardwareTypeNone => DeviceKind.Tunnel,
        _ => DeviceKind.Physical,
    };
}
