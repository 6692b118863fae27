using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>
/// The tuple of a protocol with ports as every kernel writes it: its headers are compared at once, not walked. A message has two of them, which are
/// half of its attributes. Any other tuple is walked.
/// </summary>
internal static class TupleLayout
{
    private const int V4Size = 48;
    private const int V6Size = 72;

    /// <summary>Reads the attributes in CTA_TUPLE_ORIG or CTA_TUPLE_REPLY; false when they are others, or stand otherwise.</summary>
    public static bool TryRead(ReadOnlySpan<byte> attributes, out ConntrackTuple tuple)
    {
        if (attributes.Length == V4Size
            && Is(attributes, 0, 20, CtNetlink.CTA_TUPLE_IP | NetlinkUapi.NLA_F_NESTED)
            && Is(attributes, 4, 8, CtNetlink.CTA_IP_V4_SRC)
            && Is(attributes, 12, 8, CtNetlink.CTA_IP_V4_DST)
            && HasPorts(attributes[20..]))
        {
            tuple = Tuple(InetAddress.FromBytes(attributes.Slice(8, 4)), InetAddress.FromBytes(attributes.Slice(16, 4)), attributes[20..]);
            return true;
        }

        if (attributes.Length == V6Size
            && Is(attributes, 0, 44, CtNetlink.CTA_TUPLE_IP | NetlinkUapi.NLA_F_NESTED)
            && Is(attributes, 4, 20, CtNetlink.CTA_IP_V6_SRC)
            && Is(attributes, 24, 20, CtNetlink.CTA_IP_V6_DST)
            && HasPorts(attributes[44..]))
        {
            tuple = Tuple(InetAddress.FromBytes(attributes.Slice(8, 16)), InetAddress.FromBytes(attributes.Slice(28, 16)), attributes[44..]);
            return true;
        }

        tuple = default;
        return false;
    }

    private static bool HasPorts(ReadOnlySpan<byte> protocol) =>
        Is(protocol, 0, 28, CtNetlink.CTA_TUPLE_PROTO | NetlinkUapi.NLA_F_NESTED)
        && Is(protocol, 4, 5, CtNetlink.CTA_PROTO_NUM)
        && Is(protocol, 12, 6, CtNetlink.CTA_PROTO_SRC_PORT)
        && Is(protocol, 20, 6, CtNetlink.CTA_PROTO_DST_PORT);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ConntrackTuple Tuple(InetAddress source, InetAddress destination, ReadOnlySpan<byte> protocol) => new(
        source, destination, protocol[8], BinaryPrimitives.ReadUInt16BigEndian(protocol[16..]), BinaryPrimitives.ReadUInt16BigEndian(protocol[24..]), 0);

    // struct nlattr: length and type, in host byte order.
    private static bool Is(ReadOnlySpan<byte> attributes, int at, ushort length, int type) =>
        MemoryMarshal.Read<uint>(attributes[at..])
        == (BitConverter.IsLittleEndian ? length | (uint)type << 16 : (uint)length << 16 | (uint)type);
}
