using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Native;

/// <summary>struct sockaddr_nl (linux/netlink.h); Tmds.LibC has none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SockaddrNl
{
    public ushort Family;
    public ushort Pad;
    public uint Port;
    public uint Groups;
}
