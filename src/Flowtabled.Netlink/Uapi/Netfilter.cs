namespace Flowtabled.Netlink.Uapi;

/// <summary>Families of netfilter (linux/netfilter.h). Names are the kernel's.</summary>
public static class Netfilter
{
    public const int NFPROTO_IPV4 = 2;
    public const int NFPROTO_IPV6 = 10;
}
