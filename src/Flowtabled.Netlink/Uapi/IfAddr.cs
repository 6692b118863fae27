namespace Flowtabled.Netlink.Uapi;

/// <summary>Addresses of this system (linux/if_addr.h). Names are the kernel's.</summary>
public static class IfAddr
{
    public const int IFA_ADDRESS = 1;
    public const int IFA_LOCAL = 2;
}
