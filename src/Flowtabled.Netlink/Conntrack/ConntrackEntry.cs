using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>A tracked connection (IPCTNL_MSG_CT_NEW; linux/netfilter/nfnetlink_conntrack.h), by value: reading one allocates nothing.</summary>
public readonly struct ConntrackEntry
{
    /// <summary>nlmsg_type of an entry, in dumps and events alike.</summary>
    internal const ushort MessageType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_NEW;

    private ConntrackEntry(in ConntrackTuple original, in ConntrackTuple reply, ConntrackStatus status)
    {
        Original = original;
        Reply = reply;
        Status = status;
    }

    /// <summary>CTA_TUPLE_ORIG: the direction of the first packet, as it came in.</summary>
    public ConntrackTuple Original { get; }

    /// <summary>CTA_TUPLE_REPLY: the answers as they come in; differs from the mirrored <see cref="Original"/> by what NAT changes.</summary>
    public ConntrackTuple Reply { get; }

    /// <summary>CTA_STATUS.</summary>
    public ConntrackStatus Status { get; }

    /// <summary>CTA_MARK: the connection's mark, 0 without.</summary>
    public uint Mark { get; private init; }

    /// <summary>CTA_ID: the same for the whole life of the connection, though not unique by itself; use it with a tuple.</summary>
    public uint Id { get; private init; }

    /// <summary>What the original direction carried; null without accounting (sysctl nf_conntrack_acct when the connection began).</summary>
    public ConntrackCounters? OriginalCounters { get; private init; }

    /// <summary>What the reply direction carried; null without accounting.</summary>
    public ConntrackCounters? ReplyCounters { get; private init; }

    /// <summary>Whether it is in a flowtable, software or hardware.</summary>
    public bool IsOffloaded => (Status & ConntrackStatus.Offload) != 0;

    /// <summary>Whether it is in a flowtable and the hardware took it, in one direction at least.</summary>
    public bool IsInHardware => IsOffloaded && (Status & ConntrackStatus.HardwareOffload) != 0;

    /// <summary>Reads a message of <see cref="MessageType"/>.</summary>
    /// <exception cref="NetlinkFormatException">It is malformed, or lacks a tuple or the status.</exception>
    public static ConntrackEntry Read(scoped in MessageReader message)
    {
        ConntrackTuple? original = null, reply = null;
        ConntrackCounters? originalCounters = null, replyCounters = null;
        ConntrackStatus? status = null;
        ushort? zone = null;
        var (mark, id) = (0u, 0u);

        var attributes = message.Attributes(NfGenMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case CtNetlink.CTA_TUPLE_ORIG:
                    original = ConntrackTuple.Read(in attributes);
                    break;
                case CtNetlink.CTA_TUPLE_REPLY:
                    reply = ConntrackTuple.Read(in attributes);
                    break;
                case CtNetlink.CTA_STATUS:
                    status = (ConntrackStatus)attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_MARK:
                    mark = attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_ID:
                    id = attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_ZONE:
                    zone = attributes.GetUInt16BigEndian();
                    break;
                case CtNetlink.CTA_COUNTERS_ORIG:
                    originalCounters = ConntrackCounters.Read(attributes.GetNested());
                    break;
                case CtNetlink.CTA_COUNTERS_REPLY:
                    replyCounters = ConntrackCounters.Read(attributes.GetNested());
                    break;
            }
        }

        if (original is not { } there || reply is not { } back || status is not { } bits)
            throw new NetlinkFormatException(message.Header.Type, null, NetlinkHeader.Size, "a connection without both tuples and a status");
        if (zone is { } both) // A zone of one direction only stands in its tuple.
            (there, back) = (there with { Zone = both }, back with { Zone = both });
        return new ConntrackEntry(in there, in back, bits)
        {
            Mark = mark,
            Id = id,
            OriginalCounters = originalCounters,
            ReplyCounters = replyCounters,
        };
    }
}
