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

    // Network byte order: in a batch's BEGIN and END the subsystem; in nftables' answers the low 16 bits of the generation.
    private readonly ushort _resourceId = MemoryMarshal.Read<ushort>([(byte)(resourceId >> 8), (byte)resourceId]);
}
