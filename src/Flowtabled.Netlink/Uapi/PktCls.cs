namespace Flowtabled.Netlink.Uapi;

/// <summary>
/// Traffic control's handles, classifiers and actions (linux/pkt_sched.h, linux/pkt_cls.h, linux/tc_act/tc_mirred.h). Names are the kernel's.
/// </summary>
public static class PktCls
{
    public const uint TC_H_ROOT = 0xffffffff;
    public const uint TC_H_INGRESS = 0xfffffff1;
    public const uint TC_H_MIN_INGRESS = 0xfff2;

    public const int TCA_BASIC_ACT = 3;
    public const int TCA_BPF_ACT = 1;
    public const int TCA_FLOWER_ACT = 3;
    public const int TCA_FW_ACT = 4;
    public const int TCA_MATCHALL_ACT = 2;
    public const int TCA_U32_ACT = 7;

    public const int TCA_ACT_KIND = 1;
    public const int TCA_ACT_OPTIONS = 2;

    public const int TCA_MIRRED_PARMS = 2;

    public const int TCA_EGRESS_REDIR = 1;
    public const int TCA_EGRESS_MIRROR = 2;
    public const int TCA_INGRESS_REDIR = 3;
    public const int TCA_INGRESS_MIRROR = 4;
}
