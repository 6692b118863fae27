namespace Flowtabled.Netlink.Uapi;

/// <summary>link attributes (linux/if_link.h). Names are the kernel's.</summary>
public static class IfLink
{
    public const int IFLA_ADDRESS = 1;
    public const int IFLA_IFNAME = 3;
    public const int IFLA_MTU = 4;
    public const int IFLA_LINK = 5;
    public const int IFLA_QDISC = 6;
    public const int IFLA_MASTER = 10;
    public const int IFLA_OPERSTATE = 16;
    public const int IFLA_LINKINFO = 18;
    public const int IFLA_EXT_MASK = 29;
    public const int IFLA_CARRIER = 33;
    public const int IFLA_PHYS_PORT_NAME = 38;
    public const int IFLA_PHYS_SWITCH_ID = 36;
    public const int IFLA_LINK_NETNSID = 37;

    public const int IFLA_INFO_KIND = 1;
    public const int IFLA_INFO_DATA = 2;
    public const int IFLA_INFO_SLAVE_KIND = 4;

    public const int IFLA_VLAN_ID = 1;
    public const int IFLA_VLAN_PROTOCOL = 5;

    public const int IFLA_DSA_CONDUIT = 1;

    public const int IFLA_BR_VLAN_FILTERING = 7;
}
