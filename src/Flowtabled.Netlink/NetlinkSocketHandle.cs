using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Flowtabled.Netlink;

/// <summary>Owns a socket's file descriptor.</summary>
internal sealed class NetlinkSocketHandle : SafeHandleMinusOneIsInvalid
{
    public NetlinkSocketHandle(int fd) : base(ownsHandle: true) => SetHandle(fd);

    protected override bool ReleaseHandle() => close((int)handle) == 0;
}
