namespace Flowtabled.Netlink.Uapi;

/// <summary>States and flags of a TCP connection (linux/netfilter/nf_conntrack_tcp.h). Names are the kernel's.</summary>
public static class NfConntrackTcp
{
    public const int TCP_CONNTRACK_NONE = 0;
    public const int TCP_CONNTRACK_SYN_SENT = 1;
    public const int TCP_CONNTRACK_SYN_RECV = 2;
    public const int TCP_CONNTRACK_ESTABLISHED = 3;
    public const int TCP_CONNTRACK_FIN_WAIT = 4;
    public const int TCP_CONNTRACK_CLOSE_WAIT = 5;
    public const int TCP_CONNTRACK_LAST_ACK = 6;
    public const int TCP_CONNTRACK_TIME_WAIT = 7;
    public const int TCP_CONNTRACK_CLOSE = 8;
    public const int TCP_CONNTRACK_SYN_SENT2 = 9;

    public const int IP_CT_TCP_FLAG_BE_LIBERAL = 8;
}
