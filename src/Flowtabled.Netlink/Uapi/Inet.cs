namespace Flowtabled.Netlink.Uapi;

/// <summary>Protocols over IP (linux/in.h, linux/in6.h). Names are the kernel's.</summary>
public static class Inet
{
    public const int IPPROTO_ICMP = 1;
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_UDP = 17;
    public const int IPPROTO_ICMPV6 = 58;
}
