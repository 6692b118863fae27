using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flowtabled.Netlink;

/// <summary>The header of every netlink message, in host byte order (struct nlmsghdr, linux/netlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct NetlinkHeader(uint length, ushort type, ushort flags, uint sequence, uint port)
{
    /// <summary>Bytes the header takes on the wire.</summary>
    public const int Size = 16;

    /// <summary>Length of the message in bytes, this header included, the padding after it not.</summary>
    public readonly uint Length = length;

    /// <summary>Message type: below NLMSG_MIN_TYPE (16) a control message, else the protocol's own.</summary>
    public readonly ushort Type = type;

    /// <summary>NLM_F_* flags.</summary>
    public readonly ushort Flags = flags;

    /// <summary>Sequence number of the request; a reply carries the request's.</summary>
    public readonly uint Sequence = sequence;

    /// <summary>Port id: 0 is the kernel's.</summary>
    public readonly uint Port = port;

    /// <summary>Length rounded up to the 4 bytes on which messages and attributes begin (NLMSG_ALIGN, NLA_ALIGN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Align(int length) => (length + 3) & ~3;
}
