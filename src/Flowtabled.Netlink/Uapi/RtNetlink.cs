namespace Flowtabled.Netlink.Uapi;

/// <summary>rtnetlink messages and groups (linux/rtnetlink.h). Names are the kernel's.</summary>
public static class RtNetlink
{
    public const int RTM_NEWLINK = 16;
    public const int RTM_DELLINK = 17;
    public const int RTM_GETLINK = 18;
    public const int RTM_NEWADDR = 20;
    public const int RTM_DELADDR = 21;
    public const int RTM_NEWROUTE = 24;
    public const int RTM_GETROUTE = 26;
    public const int RTM_NEWNEIGH = 28;
    public const int RTM_DELNEIGH = 29;
    public const int RTM_GETNEIGH = 30;
    public const int RTM_NEWQDISC = 36;
    public const int RTM_DELQDISC = 37;
    public const int RTM_GETQDISC = 38;
    public const int RTM_NEWTFILTER = 44;
    public const int RTM_DELTFILTER = 45;
    public const int RTM_GETTFILTER = 46;

    public const int RTNLGRP_LINK = 1;
    public const int RTNLGRP_NEIGH = 3;
    public const int RTNLGRP_TC = 4;
    public const int RTNLGRP_IPV4_IFADDR = 5;
    public const int RTNLGRP_IPV6_IFADDR = 9;

    public const int RTEXT_FILTER_SKIP_STATS = 8;

    public const int RTA_DST = 1;
    public const int RTA_SRC = 2;
    public const int RTA_OIF = 4;
    public const int RTA_MARK = 16;

    public const int TCA_KIND = 1;
}
