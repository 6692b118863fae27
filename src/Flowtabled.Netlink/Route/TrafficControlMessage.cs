using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Route;

/// <summary>The fixed header of traffic control messages, host byte order (struct tcmsg, linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrafficControlMessage
{
    public const int Size = 20;

    public byte Family;
    public byte Pad1;
    public ushort Pad2;
    public int Index;
    public uint Handle;
    public uint Parent;
    public uint Info;
}
