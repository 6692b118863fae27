namespace Flowtabled.Netlink.Uapi;

/// <summary>Headers, control messages, socket options (linux/netlink.h). Names are the kernel's.</summary>
public static class NetlinkUapi
{
    public const int NETLINK_ROUTE = 0;
    public const int NETLINK_NETFILTER = 12;
    public const int NETLINK_GENERIC = 16;

    public const int NLMSG_NOOP = 1;
    public const int NLMSG_ERROR = 2;
    public const int NLMSG_DONE = 3;
    public const int NLMSG_OVERRUN = 4;
    public const int NLMSG_MIN_TYPE = 16;

    public const int NLM_F_REQUEST = 1;
    public const int NLM_F_MULTI = 2;
    public const int NLM_F_ACK = 4;
    public const int NLM_F_ECHO = 8;
    public const int NLM_F_DUMP_INTR = 16;
    public const int NLM_F_DUMP_FILTERED = 32;

    public const int NLM_F_DUMP = 768;
    public const int NLM_F_REPLACE = 256;
    public const int NLM_F_EXCL = 512;
    public const int NLM_F_CREATE = 1024;
    public const int NLM_F_APPEND = 2048;
    public const int NLM_F_NONREC = 256;
    public const int NLM_F_CAPPED = 256;
    public const int NLM_F_ACK_TLVS = 512;

    public const int NLMSGERR_ATTR_UNUSED = 0;
    public const int NLMSGERR_ATTR_MSG = 1;
    public const int NLMSGERR_ATTR_OFFS = 2;
    public const int NLMSGERR_ATTR_COOKIE = 3;
    public const int NLMSGERR_ATTR_POLICY = 4;
    public const int NLMSGERR_ATTR_MISS_TYPE = 5;
    public const int NLMSGERR_ATTR_MISS_NEST = 6;

    public const int NLA_F_NESTED = 32768;
    public const int NLA_F_NET_BYTEORDER = 16384;
    public const int NLA_TYPE_MASK = ~(NLA_F_NESTED | NLA_F_NET_BYTEORDER);

    public const int NETLINK_ADD_MEMBERSHIP = 1;
    public const int NETLINK_DROP_MEMBERSHIP = 2;
    public const int NETLINK_CAP_ACK = 10;
    public const int NETLINK_EXT_ACK = 11;
    public const int NETLINK_GET_STRICT_CHK = 12;
}
