using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Route;

/// <summary>The fixed header of route messages, host byte order (struct rtmsg, linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RouteMessage
{
    public const int Size = 12;

    public byte Family;
    public byte DestinationLength;
    public byte SourceLength;
    public byte TypeOfService;
    public byte Table;
    public byte Protocol;
    public byte Scope;
    public byte Type;
    public uint Flags;
}
