namespace Flowtabled.Netlink.Uapi;

/// <summary>conntrack messages and attributes (linux/netfilter/nfnetlink_conntrack.h). Names are the kernel's.</summary>
public static class CtNetlink
{
    public const int IPCTNL_MSG_CT_NEW = 0;
    public const int IPCTNL_MSG_CT_GET = 1;
    public const int IPCTNL_MSG_CT_DELETE = 2;
    public const int IPCTNL_MSG_CT_GET_STATS_CPU = 4;
    public const int IPCTNL_MSG_CT_GET_STATS = 5;

    public const int CTA_TUPLE_ORIG = 1;
    public const int CTA_TUPLE_REPLY = 2;
    public const int CTA_STATUS = 3;
    public const int CTA_PROTOINFO = 4;
    public const int CTA_HELP = 5;
    public const int CTA_NAT_SRC = 6;
    public const int CTA_TIMEOUT = 7;
    public const int CTA_MARK = 8;
    public const int CTA_COUNTERS_ORIG = 9;
    public const int CTA_COUNTERS_REPLY = 10;
    public const int CTA_USE = 11;
    public const int CTA_ID = 12;
    public const int CTA_NAT_DST = 13;
    public const int CTA_TUPLE_MASTER = 14;
    public const int CTA_SEQ_ADJ_ORIG = 15;
    public const int CTA_SEQ_ADJ_REPLY = 16;
    public const int CTA_ZONE = 18;
    public const int CTA_SECCTX = 19;
    public const int CTA_TIMESTAMP = 20;
    public const int CTA_MARK_MASK = 21;
    public const int CTA_LABELS = 22;
    public const int CTA_LABELS_MASK = 23;
    public const int CTA_SYNPROXY = 24;
    public const int CTA_FILTER = 25;
    public const int CTA_STATUS_MASK = 26;

    public const int CTA_TUPLE_IP = 1;
    public const int CTA_TUPLE_PROTO = 2;
    public const int CTA_TUPLE_ZONE = 3;

    public const int CTA_IP_V4_SRC = 1;
    public const int CTA_IP_V4_DST = 2;
    public const int CTA_IP_V6_SRC = 3;
    public const int CTA_IP_V6_DST = 4;

    public const int CTA_PROTO_NUM = 1;
    public const int CTA_PROTO_SRC_PORT = 2;
    public const int CTA_PROTO_DST_PORT = 3;
    public const int CTA_PROTO_ICMP_ID = 4;
    public const int CTA_PROTO_ICMP_TYPE = 5;
    public const int CTA_PROTO_ICMP_CODE = 6;
    public const int CTA_PROTO_ICMPV6_ID = 7;
    public const int CTA_PROTO_ICMPV6_TYPE = 8;
    public const int CTA_PROTO_ICMPV6_CODE = 9;

    public const int CTA_PROTOINFO_TCP = 1;

    public const int CTA_PROTOINFO_TCP_STATE = 1;
    public const int CTA_PROTOINFO_TCP_WSCALE_ORIGINAL = 2;
    public const int CTA_PROTOINFO_TCP_WSCALE_REPLY = 3;
    public const int CTA_PROTOINFO_TCP_FLAGS_ORIGINAL = 4;
    public const int CTA_PROTOINFO_TCP_FLAGS_REPLY = 5;

    public const int CTA_NAT_V4_MINIP = 1;
    public const int CTA_NAT_PROTO = 3;
    public const int CTA_NAT_V6_MINIP = 4;

    public const int CTA_PROTONAT_PORT_MIN = 1;
    public const int CTA_PROTONAT_PORT_MAX = 2;

    public const int CTA_SYNPROXY_ISN = 1;
    public const int CTA_SYNPROXY_ITS = 2;
    public const int CTA_SYNPROXY_TSOFF = 3;

    public const int CTA_COUNTERS_PACKETS = 1;
    public const int CTA_COUNTERS_BYTES = 2;

    public const int CTA_TIMESTAMP_START = 1;
    public const int CTA_TIMESTAMP_STOP = 2;

    public const int CTA_HELP_NAME = 1;

    public const int CTA_FILTER_ORIG_FLAGS = 1;
    public const int CTA_FILTER_REPLY_FLAGS = 2;

    public const int CTA_STATS_FOUND = 2;
    public const int CTA_STATS_INVALID = 4;
    public const int CTA_STATS_INSERT = 8;
    public const int CTA_STATS_INSERT_FAILED = 9;
    public const int CTA_STATS_DROP = 10;
    public const int CTA_STATS_EARLY_DROP = 11;
    public const int CTA_STATS_ERROR = 12;
    public const int CTA_STATS_SEARCH_RESTART = 13;
    public const int CTA_STATS_CLASH_RESOLVE = 14;
    public const int CTA_STATS_CHAIN_TOOLONG = 15;

    public const int CTA_STATS_GLOBAL_ENTRIES = 1;
    public const int CTA_STATS_GLOBAL_MAX_ENTRIES = 2;
}
