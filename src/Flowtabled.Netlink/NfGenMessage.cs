using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flowtabled.Netlink;

/// <summary>The fixed header of every NETLINK_NETFILTER message (struct nfgenmsg, linux/netfilter/nfnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct NfGenMessage(byte family, ushort resourceId = 0)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 4;

    /// <summary>NFPROTO_* of the object, or AF_* for conntrack; 0 for any.</summary>
    public readonly byte Family = family;

    private readonly byte _version; // NFNETLINK_V0
    private readonly ushort _resourceId = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(resourceId) : resourceId;

    /// <summary>In a batch's BEGIN and END the subsystem; in nftables' answers the low 16 bits of the generation.</summary>
    public ushort ResourceId => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(_resourceId) : _resourceId;
}
