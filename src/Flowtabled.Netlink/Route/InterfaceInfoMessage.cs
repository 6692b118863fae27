using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Route;

/// <summary>The fixed header of link messages, host byte order (struct ifinfomsg, linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InterfaceInfoMessage
{
    public const int Size = 16;

    public byte Family;
    public byte Pad;
    public ushort HardwareType;
    public int Index;
    public uint Flags;
    public uint Change;
}
