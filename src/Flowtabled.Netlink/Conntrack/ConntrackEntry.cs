using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>A tracked connection (IPCTNL_MSG_CT_NEW; linux/netfilter/nfnetlink_conntrack.h), by value: reading one allocates nothing.</summary>
public struct ConntrackEntry
{
    /// <summary>nlmsg_type of an entry, in dumps and events alike.</summary>
    internal const ushort MessageType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_NEW;

    private const int LabelBytes = 16; // NF_CT_LABELS_MAX_SIZE

    private ConntrackTuple _original;
    private ConntrackTuple _reply;

    /// <summary>CTA_TUPLE_ORIG: the direction of the first packet, as it came in.</summary>
    [UnscopedRef]
    public readonly ref readonly ConntrackTuple Original => ref _original;

    /// <summary>CTA_TUPLE_REPLY: the answers as they come in; differs from the mirrored <see cref="Original"/> by what NAT changes.</summary>
    [UnscopedRef]
    public readonly ref readonly ConntrackTuple Reply => ref _reply;

    /// <summary>CTA_STATUS.</summary>
    public ConntrackStatus Status { get; private set; }

    /// <summary>CTA_MARK: the connection's mark, 0 without.</summary>
    public uint Mark { get; private set; }

    /// <summary>CTA_LABELS: 128 bits as they stand in memory, 0 without any.</summary>
    public UInt128 Labels { get; private set; }

    /// <summary>CTA_ID: the same for the whole life of the connection, though not unique by itself; use it with a tuple.</summary>
    public uint Id { get; private set; }

    /// <summary>CTA_TIMEOUT: seconds it lives without a packet; null while it is in a flowtable, which takes care of that.</summary>
    public uint? Timeout { get; private set; }

    /// <summary>CTA_PROTOINFO_TCP_STATE; null while it is in a flowtable, and for other protocols.</summary>
    public ConntrackTcpState? TcpState { get; private set; }

    /// <summary>CTA_USE: references to it; a flowtable holds one.</summary>
    public uint Use { get; private set; }

    /// <summary>What ties it to something else.</summary>
    public ConntrackBond Bonds { get; private set; }

    /// <summary>What the original direction carried; null without accounting (sysctl nf_conntrack_acct when the connection began).</summary>
    public ConntrackCounters? OriginalCounters { get; private set; }

    /// <summary>What the reply direction carried; null without accounting.</summary>
    public ConntrackCounters? ReplyCounters { get; private set; }

    /// <summary>
    /// CTA_TIMESTAMP_START: when it began, in nanoseconds since 1970; null without timestamps (sysctl nf_conntrack_timestamp when it began), and in
    /// events other than that of its end.
    /// </summary>
    public ulong? Start { get; private set; }

    /// <summary>CTA_TIMESTAMP_STOP: when it ended, likewise; null while it lives.</summary>
    public ulong? Stop { get; private set; }

    /// <summary>CTA_HELP_NAME: the helper that reads along.</summary>
    public ConntrackHelper Helper { get; private set; }

    /// <summary>Whether it is in a flowtable, software or hardware.</summary>
    public readonly bool IsOffloaded => (Status & ConntrackStatus.Offload) != 0;

    /// <summary>Whether it is in a flowtable and the hardware took it, in one direction at least.</summary>
    public readonly bool IsInHardware => IsOffloaded && (Status & ConntrackStatus.HardwareOffload) != 0;

    /// <summary>Reads a message of <see cref="MessageType"/>.</summary>
    /// <exception cref="NetlinkFormatException">It is malformed, or lacks a tuple or the status.</exception>
    public static ConntrackEntry Read(scoped in MessageReader message)
    {
        var entry = default(ConntrackEntry);
        var (hasOriginal, hasReply, hasStatus) = (false, false, false);
        ushort? zone = null;

        var attributes = message.Attributes(NfGenMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case CtNetlink.CTA_TUPLE_ORIG:
                    entry._original = ConntrackTuple.Read(in attributes);
                    hasOriginal = true;
                    break;
                case CtNetlink.CTA_TUPLE_REPLY:
                    entry._reply = ConntrackTuple.Read(in attributes);
                    hasReply = true;
                    break;
                case CtNetlink.CTA_STATUS:
                    entry.Status = (ConntrackStatus)attributes.GetUInt32BigEndian();
                    hasStatus = true;
                    break;
                case CtNetlink.CTA_ZONE:
                    zone = attributes.GetUInt16BigEndian();
                    break;
                default:
                    entry.ReadOptional(in attributes);
                    break;
            }
        }

        if (!hasOriginal || !hasReply || !hasStatus)
            throw new NetlinkFormatException(message.Header.Type, null, NetlinkHeader.Size, "a connection without both tuples and a status");
        if (zone is { } both) // A zone of one direction only stands in its tuple.
            (entry._original, entry._reply) = (entry.Original with { Zone = both }, entry.Reply with { Zone = both });
        return entry;
    }

    private void ReadOptional(in AttributeReader attribute)
    {
        switch (attribute.Type)
        {
            case CtNetlink.CTA_MARK:
                Mark = attribute.GetUInt32BigEndian();
                break;
            case CtNetlink.CTA_ID:
                Id = attribute.GetUInt32BigEndian();
                break;
            case CtNetlink.CTA_USE:
                Use = attribute.GetUInt32BigEndian();
                break;
            case CtNetlink.CTA_TIMEOUT:
                Timeout = attribute.GetUInt32BigEndian();
                break;
            case CtNetlink.CTA_COUNTERS_ORIG:
                OriginalCounters = ConntrackCounters.Read(in attribute);
                break;
            case CtNetlink.CTA_COUNTERS_REPLY:
                ReplyCounters = ConntrackCounters.Read(in attribute);
                break;
            case CtNetlink.CTA_LABELS:
                Labels = MemoryMarshal.Read<UInt128>(attribute.GetBytes(LabelBytes));
                break;
            case CtNetlink.CTA_PROTOINFO:
                ReadProtocolInfo(in attribute);
                break;
            case CtNetlink.CTA_TIMESTAMP:
                ReadTimes(in attribute);
                break;
            case CtNetlink.CTA_HELP:
                Bonds |= ConntrackBond.Helper;
                ReadHelper(in attribute);
                break;
            case CtNetlink.CTA_TUPLE_MASTER:
                Bonds |= ConntrackBond.Master;
                break;
            case CtNetlink.CTA_SEQ_ADJ_ORIG or CtNetlink.CTA_SEQ_ADJ_REPLY:
                Bonds |= ConntrackBond.SequenceAdjustment;
                break;
            case CtNetlink.CTA_SYNPROXY when HasNumbers(in attribute):
                Bonds |= ConntrackBond.Synproxy;
                break;
            case CtNetlink.CTA_SECCTX:
                Bonds |= ConntrackBond.SecurityContext;
                break;
        }
    }

    private void ReadProtocolInfo(in AttributeReader attribute)
    {
        var protocols = attribute.GetNested();
        while (protocols.Read())
        {
            if (protocols.Type != CtNetlink.CTA_PROTOINFO_TCP)
                continue;
            var parts = protocols.GetNested();
            while (parts.Read())
            {
                if (parts.Type != CtNetlink.CTA_PROTOINFO_TCP_STATE)
                    continue;
                TcpState = (ConntrackTcpState)parts.GetByte();
                return;
            }
        }
    }

    private void ReadTimes(in AttributeReader attribute)
    {
        var times = attribute.GetNested();
        while (times.Read())
        {
            if (times.Type == CtNetlink.CTA_TIMESTAMP_START)
                Start = times.GetUInt64BigEndian();
            else if (times.Type == CtNetlink.CTA_TIMESTAMP_STOP)
                Stop = times.GetUInt64BigEndian();
        }
    }

    private void ReadHelper(in AttributeReader attribute)
    {
        var parts = attribute.GetNested();
        while (parts.Read())
        {
            if (parts.Type == CtNetlink.CTA_HELP_NAME)
                Helper = ConntrackHelper.Read(in parts);
        }
    }

    // The kernel gives every connection that ctnetlink made a CTA_SYNPROXY, all zeroes.
    private static bool HasNumbers(in AttributeReader attribute)
    {
        var all = 0u;
        var synproxy = attribute.GetNested();
        while (synproxy.Read())
        {
            if (synproxy.Type is CtNetlink.CTA_SYNPROXY_ISN or CtNetlink.CTA_SYNPROXY_ITS or CtNetlink.CTA_SYNPROXY_TSOFF)
                all |= synproxy.GetUInt32BigEndian();
        }

        return all != 0;
    }
}
