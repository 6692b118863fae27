using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Which connections are meant: those that have all that is set here. The empty one means every connection.</summary>
public readonly struct ConntrackFilter
{
    /// <summary>Which bits of <see cref="StatusMask"/> must be set; the mask's others must not be.</summary>
    public ConntrackStatus Status { get; init; }

    /// <summary>Which bits of the status count.</summary>
    public ConntrackStatus StatusMask { get; init; }

    /// <summary>What the bits of <see cref="MarkMask"/> must be.</summary>
    public uint Mark { get; init; }

    /// <summary>Which bits of the mark count.</summary>
    public uint MarkMask { get; init; }

    /// <summary>AF_INET or AF_INET6; 0 for both.</summary>
    public byte Family { get; init; }

    /// <summary>The zone of either direction; null for all of them.</summary>
    public ushort? Zone { get; init; }

    /// <summary>What must stand in the original direction's tuple.</summary>
    public ConntrackEnds Original { get; init; }

    /// <summary>What must stand in the reply direction's tuple.</summary>
    public ConntrackEnds Reply { get; init; }

    /// <summary>By status only.</summary>
    public static ConntrackFilter ByStatus(ConntrackStatus value, ConntrackStatus mask) => new() { Status = value, StatusMask = mask };

    /// <summary>By mark only.</summary>
    public static ConntrackFilter ByMark(uint value, uint mask) => new() { Mark = value, MarkMask = mask };

    /// <summary>nfgen_family of the request: the addresses tell it too; 0 for any.</summary>
    internal byte RequestFamily => Family != 0 ? Family : Original.Family != 0 ? Original.Family : Reply.Family;

    /// <summary>Whether it has nothing but status and mark, by which the kernel deletes too, and one of them at least.</summary>
    internal bool IsByStatusOrMark =>
        (StatusMask != 0 || MarkMask != 0) && Family == 0 && Zone is null && Original.IsEmpty && Reply.IsEmpty;

    /// <summary>Whether <paramref name="entry"/> is meant.</summary>
    internal bool Matches(in ConntrackEntry entry) =>
        (entry.Status & StatusMask) == (Status & StatusMask)
        && (entry.Mark & MarkMask) == (Mark & MarkMask)
        && (Family == 0 || entry.Original.Family == Family)
        && (Zone is not { } zone || Math.Max(entry.Original.Zone, entry.Reply.Zone) == zone)
        && Original.Matches(in entry.Original)
        && Reply.Matches(in entry.Reply);

    /// <summary>Writes what the kernel can sift by. What it does not know or cannot do is sifted by <see cref="Matches"/>.</summary>
    internal void Write(MessageWriter writer)
    {
        // By ends the kernel sifts within one family only; and Linux 6.1 leaves out exactly those whose IPv6 address is the one that is meant.
        const byte family = Netfilter.NFPROTO_IPV4;
        var (original, reply) = RequestFamily == family && Original.IsOf(family) && Reply.IsOf(family) ? (Original.Flags, Reply.Flags) : (0u, 0u);
        if (original != 0)
            Original.Write(writer, CtNetlink.CTA_TUPLE_ORIG);
        if (reply != 0)
            Reply.Write(writer, CtNetlink.CTA_TUPLE_REPLY);
        if (StatusMask != 0)
        {
            writer.WriteUInt32BigEndian(CtNetlink.CTA_STATUS, (uint)(Status & StatusMask));
            writer.WriteUInt32BigEndian(CtNetlink.CTA_STATUS_MASK, (uint)StatusMask);
        }

        if (MarkMask != 0)
        {
            writer.WriteUInt32BigEndian(CtNetlink.CTA_MARK, Mark & MarkMask);
            writer.WriteUInt32BigEndian(CtNetlink.CTA_MARK_MASK, MarkMask);
        }

        if (Zone is > 0 and var zone) // A kernel without zones refuses any.
            writer.WriteUInt16BigEndian(CtNetlink.CTA_ZONE, zone);
        if ((original | reply) == 0)
            return;
        var flags = writer.BeginNest(CtNetlink.CTA_FILTER);
        writer.WriteUInt32(CtNetlink.CTA_FILTER_ORIG_FLAGS, original);
        writer.WriteUInt32(CtNetlink.CTA_FILTER_REPLY_FLAGS, reply);
        writer.EndNest(flags);
    }
}
