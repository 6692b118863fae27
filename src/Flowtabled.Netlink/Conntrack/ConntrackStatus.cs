using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>CTA_STATUS of a connection (IPS_*, linux/netfilter/nf_conntrack_common.h). Bits that have no name here are kept.</summary>
[Flags]
public enum ConntrackStatus : uint
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>IPS_EXPECTED: announced by another connection (FTP data, SIP).</summary>
    Expected = NfConntrack.IPS_EXPECTED,

    /// <summary>IPS_SEEN_REPLY: packets went both ways; conntrack prints [UNREPLIED] without.</summary>
    SeenReply = NfConntrack.IPS_SEEN_REPLY,

    /// <summary>IPS_ASSURED: never dropped early to make room.</summary>
    Assured = NfConntrack.IPS_ASSURED,

    /// <summary>IPS_CONFIRMED: its first packet has left.</summary>
    Confirmed = NfConntrack.IPS_CONFIRMED,

    /// <summary>IPS_SRC_NAT.</summary>
    SourceNat = NfConntrack.IPS_SRC_NAT,

    /// <summary>IPS_DST_NAT.</summary>
    DestinationNat = NfConntrack.IPS_DST_NAT,

    /// <summary>IPS_SEQ_ADJUST: a helper changed the length of a TCP stream; the slow path only.</summary>
    SequenceAdjusted = NfConntrack.IPS_SEQ_ADJUST,

    /// <summary>IPS_DYING.</summary>
    Dying = NfConntrack.IPS_DYING,

    /// <summary>IPS_FIXED_TIMEOUT: no packet prolongs its life.</summary>
    FixedTimeout = NfConntrack.IPS_FIXED_TIMEOUT,

    /// <summary>IPS_TEMPLATE: no connection, but a pattern for some.</summary>
    Template = NfConntrack.IPS_TEMPLATE,

    /// <summary>IPS_UNTRACKED, which is IPS_NAT_CLASH too: it lost a race against another entry, and ends within a second.</summary>
    Untracked = NfConntrack.IPS_UNTRACKED,

    /// <summary>IPS_HELPER: a helper was assigned by a rule.</summary>
    Helper = NfConntrack.IPS_HELPER,

    /// <summary>IPS_OFFLOAD: in a flowtable, software or hardware.</summary>
    Offload = NfConntrack.IPS_OFFLOAD,

    /// <summary>
    /// IPS_HW_OFFLOAD: the hardware took at least one direction. It outlasts <see cref="Offload"/> by about a second: until the driver is told that
    /// the flow has left the flowtable.
    /// </summary>
    HardwareOffload = NfConntrack.IPS_HW_OFFLOAD,
}
