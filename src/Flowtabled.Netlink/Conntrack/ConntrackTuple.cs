using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>What identifies one direction of a connection (CTA_TUPLE_ORIG, CTA_TUPLE_REPLY), its zone included.</summary>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address, of the same family.</param>
/// <param name="Protocol">IPPROTO_*: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6, 47 GRE.</param>
/// <param name="SourcePort">Source port; for ICMP its id, for GRE its source key, 0 for protocols without.</param>
/// <param name="DestinationPort">Destination port; for ICMP type * 256 + code, for GRE its destination key, 0 for protocols without.</param>
/// <param name="Zone">Conntrack zone, 0 being the default one.</param>
public readonly record struct ConntrackTuple(
    InetAddress Source, InetAddress Destination, byte Protocol, ushort SourcePort, ushort DestinationPort, ushort Zone)
{
    /// <summary>The same two ends the other way round, as the answers go without NAT; for protocols with ports.</summary>
    internal ConntrackTuple Inverse => new(Destination, Source, Protocol, DestinationPort, SourcePort, Zone);

    /// <summary>NFPROTO_IPV4 or NFPROTO_IPV6, for the fixed header of a request.</summary>
    internal byte Family => Source.Family;

    /// <summary>Reads the nest CTA_TUPLE_ORIG or CTA_TUPLE_REPLY, the current attribute of <paramref name="attribute"/>.</summary>
    /// <exception cref="NetlinkFormatException">It is malformed, or lacks an address or the protocol.</exception>
    internal static ConntrackTuple Read(in AttributeReader attribute) =>
        TupleLayout.TryRead(attribute.Value, out var tuple) ? tuple : Walk(in attribute);

    private static ConntrackTuple Walk(in AttributeReader attribute)
    {
        InetAddress? source = null, destination = null;
        byte? protocol = null;
        var (sourcePort, destinationPort, zone) = ((ushort)0, (ushort)0, (ushort)0);
        var parts = attribute.GetNested();
        while (parts.Read())
        {
            switch (parts.Type)
            {
                case CtNetlink.CTA_TUPLE_IP:
                    (source, destination) = ReadAddresses(parts.GetNested());
                    break;
                case CtNetlink.CTA_TUPLE_PROTO:
                    (protocol, sourcePort, destinationPort) = ReadProtocol(parts.GetNested());
                    break;
                case CtNetlink.CTA_TUPLE_ZONE:
                    zone = parts.GetUInt16BigEndian();
                    break;
            }
        }

        if (source is not { } from || destination is not { } to || protocol is not { } number || from.IsV6 != to.IsV6)
            throw attribute.Fault("tuple without two addresses of a family, or without a protocol");
        return new ConntrackTuple(from, to, number, sourcePort, destinationPort, zone);
    }

    /// <summary>Writes the nest CTA_TUPLE_ORIG or CTA_TUPLE_REPLY.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="type">Which of the two.</param>
    /// <param name="withZone">Whether the zone is this direction's only, and stands in its tuple; else CTA_ZONE has it.</param>
    internal void Write(MessageWriter writer, ushort type, bool withZone)
    {
        var tuple = writer.BeginNest(type);
        var addresses = writer.BeginNest(CtNetlink.CTA_TUPLE_IP);
        Source.Write(writer, Source.IsV6 ? CtNetlink.CTA_IP_V6_SRC : CtNetlink.CTA_IP_V4_SRC);
        Destination.Write(writer, Destination.IsV6 ? CtNetlink.CTA_IP_V6_DST : CtNetlink.CTA_IP_V4_DST);
        writer.EndNest(addresses);
        var protocol = writer.BeginNest(CtNetlink.CTA_TUPLE_PROTO);
        writer.WriteByte(CtNetlink.CTA_PROTO_NUM, Protocol);
        switch (Protocol)
        {
            case Inet.IPPROTO_ICMP:
                WriteEcho(writer, CtNetlink.CTA_PROTO_ICMP_ID, CtNetlink.CTA_PROTO_ICMP_TYPE, CtNetlink.CTA_PROTO_ICMP_CODE);
                break;
            case Inet.IPPROTO_ICMPV6:
                WriteEcho(writer, CtNetlink.CTA_PROTO_ICMPV6_ID, CtNetlink.CTA_PROTO_ICMPV6_TYPE, CtNetlink.CTA_PROTO_ICMPV6_CODE);
                break;
            default: // Where there are none the kernel does not look at them.
                writer.WriteUInt16BigEndian(CtNetlink.CTA_PROTO_SRC_PORT, SourcePort);
                writer.WriteUInt16BigEndian(CtNetlink.CTA_PROTO_DST_PORT, DestinationPort);
                break;
        }

        writer.EndNest(protocol);
        if (withZone && Zone != 0)
            writer.WriteUInt16BigEndian(CtNetlink.CTA_TUPLE_ZONE, Zone);
        writer.EndNest(tuple);
    }

    private void WriteEcho(MessageWriter writer, ushort id, ushort type, ushort code)
    {
        writer.WriteUInt16BigEndian(id, SourcePort);
        writer.WriteByte(type, (byte)(DestinationPort >> 8));
        writer.WriteByte(code, (byte)DestinationPort);
    }

    private static (InetAddress? Source, InetAddress? Destination) ReadAddresses(AttributeReader addresses)
    {
        InetAddress? source = null, destination = null;
        while (addresses.Read())
        {
            switch (addresses.Type)
            {
                case CtNetlink.CTA_IP_V4_SRC:
                    source = InetAddress.FromBytes(addresses.GetBytes(4));
                    break;
                case CtNetlink.CTA_IP_V4_DST:
                    destination = InetAddress.FromBytes(addresses.GetBytes(4));
                    break;
                case CtNetlink.CTA_IP_V6_SRC:
                    source = InetAddress.FromBytes(addresses.GetBytes(16));
                    break;
                case CtNetlink.CTA_IP_V6_DST:
                    destination = InetAddress.FromBytes(addresses.GetBytes(16));
                    break;
            }
        }

        return (source, destination);
    }

    private static (byte? Protocol, ushort SourcePort, ushort DestinationPort) ReadProtocol(AttributeReader parts)
    {
        byte? protocol = null;
        var (source, destination, type, code) = ((ushort)0, (ushort)0, (byte)0, (byte)0);
        while (parts.Read())
        {
            switch (parts.Type)
            {
                case CtNetlink.CTA_PROTO_NUM:
                    protocol = parts.GetByte();
                    break;
                case CtNetlink.CTA_PROTO_SRC_PORT:
                case CtNetlink.CTA_PROTO_ICMP_ID:
                case CtNetlink.CTA_PROTO_ICMPV6_ID:
                    source = parts.GetUInt16BigEndian();
                    break;
                case CtNetlink.CTA_PROTO_DST_PORT:
                    destination = parts.GetUInt16BigEndian();
                    break;
                case CtNetlink.CTA_PROTO_ICMP_TYPE:
                case CtNetlink.CTA_PROTO_ICMPV6_TYPE:
                    type = parts.GetByte();
                    break;
                case CtNetlink.CTA_PROTO_ICMP_CODE:
                case CtNetlink.CTA_PROTO_ICMPV6_CODE:
                    code = parts.GetByte();
                    break;
            }
        }

        return (protocol, source, (ushort)(destination | type << 8 | code));
    }
}
