namespace Flowtabled.Netlink.Uapi;

/// <summary>Address families of rtnetlink's headers (sys/socket.h). Names are the kernel's.</summary>
public static class AddressFamily
{
    public const byte AF_INET = 2;
    public const byte AF_BRIDGE = 7;
    public const byte AF_INET6 = 10;
}
