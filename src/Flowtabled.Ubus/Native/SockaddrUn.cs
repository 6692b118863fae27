using System.Runtime.InteropServices;

namespace Flowtabled.Ubus.Native;

/// <summary>The address of a socket in the file system (struct sockaddr_un, sys/un.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SockaddrUn
{
    /// <summary>Room for a path and its NUL.</summary>
    public const int PathSize = 108;

    public ushort Family;
    public fixed byte Path[PathSize];
}
