using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Route;

/// <summary>The fixed header of address messages, host byte order (struct ifaddrmsg, linux/if_addr.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InterfaceAddressMessage
{
    public const int Size = 8;

    public byte Family;
    public byte PrefixLength;
    public byte Flags;
    public byte Scope;
    public uint Index;
}
