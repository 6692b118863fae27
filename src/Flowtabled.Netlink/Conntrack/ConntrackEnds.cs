using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>What must stand in a tuple; what is null may be anything.</summary>
public readonly struct ConntrackEnds
{
    // CTA_FILTER_F_*, in host byte order: the kernel's own header net/netfilter/nf_internals.h, none of uapi's.
    private const uint SourceFlag = 1 << 0;
    private const uint DestinationFlag = 1 << 1;
    private const uint ProtocolFlag = 1 << 3;
    private const uint SourcePortFlag = 1 << 4;
    private const uint DestinationPortFlag = 1 << 5;

    /// <summary>Source address.</summary>
    public InetAddress? Source { get; init; }

    /// <summary>Destination address.</summary>
    public InetAddress? Destination { get; init; }

    /// <summary>IPPROTO_*.</summary>
    public byte? Protocol { get; init; }

    /// <summary>Source port, as <see cref="ConntrackTuple.SourcePort"/>.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>Destination port, as <see cref="ConntrackTuple.DestinationPort"/>.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>Whether nothing is set.</summary>
    internal bool IsEmpty => Source is null && Destination is null && Protocol is null && SourcePort is null && DestinationPort is null;

    /// <summary>The family of the addresses, 0 without any.</summary>
    internal byte Family => (Source ?? Destination)?.Family ?? 0;

    /// <summary>What the kernel is to compare (CTA_FILTER_ORIG_FLAGS, CTA_FILTER_REPLY_FLAGS).</summary>
    internal uint Flags =>
        (Source is null ? 0 : SourceFlag)
        | (Destination is null ? 0 : DestinationFlag)
        | (Protocol is null ? 0 : ProtocolFlag)
        | (HasPorts && SourcePort is not null ? SourcePortFlag : 0)
        | (HasPorts && DestinationPort is not null ? DestinationPortFlag : 0);

    // By the ports of other protocols we sift ourselves.
    private bool HasPorts => Protocol is Inet.IPPROTO_TCP or Inet.IPPROTO_UDP;

    /// <summary>Whether the addresses, where there are any, are of <paramref name="family"/>.</summary>
    internal bool IsOf(byte family) => (Source?.Family ?? family) == family && (Destination?.Family ?? family) == family;

    /// <summary>Whether <paramref name="tuple"/> has all that is set.</summary>
    internal bool Matches(in ConntrackTuple tuple) =>
        (Source is not { } source || source == tuple.Source)
        && (Destination is not { } destination || destination == tuple.Destination)
        && (Protocol is not { } protocol || protocol == tuple.Protocol)
        && (SourcePort is not { } sourcePort || sourcePort == tuple.SourcePort)
        && (DestinationPort is not { } destinationPort || destinationPort == tuple.DestinationPort);

    /// <summary>Writes the nest CTA_TUPLE_ORIG or CTA_TUPLE_REPLY with what <see cref="Flags"/> names.</summary>
    internal void Write(MessageWriter writer, ushort type)
    {
        var tuple = writer.BeginNest(type);
        if ((Source ?? Destination) is not null)
        {
            var addresses = writer.BeginNest(CtNetlink.CTA_TUPLE_IP);
            if (Source is { } from)
                from.Write(writer, from.IsV6 ? CtNetlink.CTA_IP_V6_SRC : CtNetlink.CTA_IP_V4_SRC);
            if (Destination is { } to)
                to.Write(writer, to.IsV6 ? CtNetlink.CTA_IP_V6_DST : CtNetlink.CTA_IP_V4_DST);
            writer.EndNest(addresses);
        }

        if (Protocol is { } number)
        {
            var protocol = writer.BeginNest(CtNetlink.CTA_TUPLE_PROTO);
            writer.WriteByte(CtNetlink.CTA_PROTO_NUM, number);
            if (HasPorts && SourcePort is { } source)
                writer.WriteUInt16BigEndian(CtNetlink.CTA_PROTO_SRC_PORT, source);
            if (HasPorts && DestinationPort is { } destination)
                writer.WriteUInt16BigEndian(CtNetlink.CTA_PROTO_DST_PORT, destination);
            writer.EndNest(protocol);
        }

        writer.EndNest(tuple);
    }
}
