using System.Runtime.InteropServices;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Writes the messages that delete an entry and make one (linux/netfilter/nfnetlink_conntrack.h).</summary>
internal static class ConntrackRequest
{
    public const ushort ReadType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_GET;
    public const ushort DeleteType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_DELETE;
    private const ushort NewType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_NEW;

    /// <summary>The attributes that find an entry by the tuple of either direction.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tuple">The tuple.</param>
    /// <param name="id">CTA_ID: with another the entry is not found; null for any.</param>
    public static void WriteLookup(MessageWriter writer, in ConntrackTuple tuple, uint? id)
    {
        tuple.Write(writer, CtNetlink.CTA_TUPLE_ORIG, withZone: false);
        if (id is { } only)
            writer.WriteUInt32BigEndian(CtNetlink.CTA_ID, only);
        if (tuple.Zone != 0)
            writer.WriteUInt16BigEndian(CtNetlink.CTA_ZONE, tuple.Zone);
    }

    /// <summary>A message that deletes an entry. It is answered when it is refused only: ENOENT when there is no such entry.</summary>
    public static void WriteDelete(MessageWriter writer, uint sequence, in ConntrackTuple tuple, uint? id)
    {
        var message = writer.Begin(DeleteType, NetlinkUapi.NLM_F_REQUEST, sequence, new NfGenMessage(tuple.Family));
        WriteLookup(writer, in tuple, id);
        writer.End(message);
    }

    /// <summary>
    /// A message that makes a connection's entry anew, established, with its translation. It is answered always: EEXIST when there is an entry that
    /// shares a tuple with it.
    /// </summary>
    public static void WriteCreate(MessageWriter writer, uint sequence, Rehoming connection, ConntrackTimeouts timeouts)
    {
        const int flags = NetlinkUapi.NLM_F_REQUEST | NetlinkUapi.NLM_F_ACK | NetlinkUapi.NLM_F_CREATE | NetlinkUapi.NLM_F_EXCL;
        ref readonly var original = ref connection.Original;
        ref readonly var reply = ref connection.Reply;
        var isTcp = original.Protocol == Inet.IPPROTO_TCP;
        var isZoneOfBoth = original.Zone == reply.Zone;

        var message = writer.Begin(NewType, flags, sequence, new NfGenMessage(original.Family));
        original.Write(writer, CtNetlink.CTA_TUPLE_ORIG, withZone: !isZoneOfBoth);
        // Not the translated one: the kernel would find nothing left to translate, and translate nothing.
        (original.Inverse with { Zone = reply.Zone }).Write(writer, CtNetlink.CTA_TUPLE_REPLY, withZone: !isZoneOfBoth);
        writer.WriteUInt32BigEndian(CtNetlink.CTA_STATUS, (uint)connection.Status);
        writer.WriteUInt32BigEndian(CtNetlink.CTA_TIMEOUT, connection.Timeout ?? (isTcp ? timeouts.TcpEstablished : timeouts.UdpStream));
        if (isTcp)
            WriteEstablished(writer);
        WriteTranslation(writer, in original, in reply);
        if (connection.Mark != 0)
            writer.WriteUInt32BigEndian(CtNetlink.CTA_MARK, connection.Mark);
        var labels = connection.Labels;
        if (labels != 0)
            writer.WriteBytes(CtNetlink.CTA_LABELS, MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in labels)));
        if (isZoneOfBoth && original.Zone != 0)
            writer.WriteUInt16BigEndian(CtNetlink.CTA_ZONE, original.Zone);
        writer.End(message);
    }

    // The window is not known any more: the kernel must not drop what it takes to be outside. It does the same when it offloads.
    private static void WriteEstablished(MessageWriter writer)
    {
        const byte liberal = NfConntrackTcp.IP_CT_TCP_FLAG_BE_LIBERAL;
        ReadOnlySpan<byte> flagsAndMask = [liberal, liberal]; // struct nf_ct_tcp_flags

        var protocol = writer.BeginNest(CtNetlink.CTA_PROTOINFO);
        var tcp = writer.BeginNest(CtNetlink.CTA_PROTOINFO_TCP);
        writer.WriteByte(CtNetlink.CTA_PROTOINFO_TCP_STATE, NfConntrackTcp.TCP_CONNTRACK_ESTABLISHED);
        writer.WriteBytes(CtNetlink.CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, flagsAndMask);
        writer.WriteBytes(CtNetlink.CTA_PROTOINFO_TCP_FLAGS_REPLY, flagsAndMask);
        writer.EndNest(tcp);
        writer.EndNest(protocol);
    }

    // Both directions of the translation, or none: one that is left out the kernel fills in by itself, and takes another source port where ours
    // is in use. Told exactly, it takes ours or refuses (EEXIST).
    private static void WriteTranslation(MessageWriter writer, in ConntrackTuple original, in ConntrackTuple reply)
    {
        var untranslated = original.Inverse with { Zone = reply.Zone };
        if (reply == untranslated)
            return;
        WriteRange(writer, CtNetlink.CTA_NAT_SRC, reply.Destination, reply.DestinationPort);
        WriteRange(writer, CtNetlink.CTA_NAT_DST, reply.Source, reply.SourcePort);
    }

    private static void WriteRange(MessageWriter writer, ushort type, InetAddress address, ushort port)
    {
        var range = writer.BeginNest(type);
        address.Write(writer, address.IsV6 ? CtNetlink.CTA_NAT_V6_MINIP : CtNetlink.CTA_NAT_V4_MINIP);
        var ports = writer.BeginNest(CtNetlink.CTA_NAT_PROTO);
        writer.WriteUInt16BigEndian(CtNetlink.CTA_PROTONAT_PORT_MIN, port);
        writer.WriteUInt16BigEndian(CtNetlink.CTA_PROTONAT_PORT_MAX, port);
        writer.EndNest(ports);
        writer.EndNest(range);
    }
}
