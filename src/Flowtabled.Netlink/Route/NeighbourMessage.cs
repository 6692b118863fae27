using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Route;

/// <summary>The fixed header of neighbour messages, host byte order (struct ndmsg, linux/neighbour.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NeighbourMessage
{
    public const int Size = 12;

    public byte Family;
    public byte Pad1;
    public ushort Pad2;
    public int Index;
    public ushort State;
    public byte Flags;
    public byte Type;
}
