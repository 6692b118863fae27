namespace Flowtabled.Netlink.Uapi;

/// <summary>Traffic control's handles (linux/pkt_sched.h). Names are the kernel's.</summary>
public static class PktSched
{
    public const uint TC_H_ROOT = 0xffffffff;
    public const uint TC_H_INGRESS = 0xfffffff1;
}
