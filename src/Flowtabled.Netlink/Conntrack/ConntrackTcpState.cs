using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>CTA_PROTOINFO_TCP_STATE of a connection (TCP_CONNTRACK_*, linux/netfilter/nf_conntrack_tcp.h), as conntrack saw it last.</summary>
public enum ConntrackTcpState : byte
{
    /// <summary>TCP_CONNTRACK_NONE.</summary>
    None = NfConntrackTcp.TCP_CONNTRACK_NONE,

    /// <summary>TCP_CONNTRACK_SYN_SENT.</summary>
    SynSent = NfConntrackTcp.TCP_CONNTRACK_SYN_SENT,

    /// <summary>TCP_CONNTRACK_SYN_RECV.</summary>
    SynReceived = NfConntrackTcp.TCP_CONNTRACK_SYN_RECV,

    /// <summary>TCP_CONNTRACK_ESTABLISHED: the only one in which the kernel offloads.</summary>
    Established = NfConntrackTcp.TCP_CONNTRACK_ESTABLISHED,

    /// <summary>TCP_CONNTRACK_FIN_WAIT.</summary>
    FinWait = NfConntrackTcp.TCP_CONNTRACK_FIN_WAIT,

    /// <summary>TCP_CONNTRACK_CLOSE_WAIT.</summary>
    CloseWait = NfConntrackTcp.TCP_CONNTRACK_CLOSE_WAIT,

    /// <summary>TCP_CONNTRACK_LAST_ACK.</summary>
    LastAck = NfConntrackTcp.TCP_CONNTRACK_LAST_ACK,

    /// <summary>TCP_CONNTRACK_TIME_WAIT.</summary>
    TimeWait = NfConntrackTcp.TCP_CONNTRACK_TIME_WAIT,

    /// <summary>TCP_CONNTRACK_CLOSE: reset.</summary>
    Close = NfConntrackTcp.TCP_CONNTRACK_CLOSE,

    /// <summary>TCP_CONNTRACK_SYN_SENT2: both ends opened it at once.</summary>
    SynSent2 = NfConntrackTcp.TCP_CONNTRACK_SYN_SENT2,
}
