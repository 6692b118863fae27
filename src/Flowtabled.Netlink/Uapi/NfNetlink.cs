namespace Flowtabled.Netlink.Uapi;

/// <summary>Subsystems, batches and multicast groups of NETLINK_NETFILTER (linux/netfilter/nfnetlink.h). Names are the kernel's.</summary>
public static class NfNetlink
{
    public const int NFNL_SUBSYS_CTNETLINK = 1;
    public const int NFNL_SUBSYS_NFTABLES = 10;

    public const int NFNL_MSG_BATCH_BEGIN = 16;
    public const int NFNL_MSG_BATCH_END = 17;

    public const int NFNL_BATCH_GENID = 1;

    public const int NFNLGRP_CONNTRACK_NEW = 1;
    public const int NFNLGRP_CONNTRACK_UPDATE = 2;
    public const int NFNLGRP_CONNTRACK_DESTROY = 3;
    public const int NFNLGRP_NFTABLES = 7;
}
