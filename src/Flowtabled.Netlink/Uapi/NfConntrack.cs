namespace Flowtabled.Netlink.Uapi;

/// <summary>conntrack status bits, CTA_STATUS (linux/netfilter/nf_conntrack_common.h). Names are the kernel's.</summary>
public static class NfConntrack
{
    public const int IPS_EXPECTED = 1;
    public const int IPS_SEEN_REPLY = 2;
    public const int IPS_ASSURED = 4;
    public const int IPS_CONFIRMED = 8;
    public const int IPS_SRC_NAT = 16;
    public const int IPS_DST_NAT = 32;
    public const int IPS_SEQ_ADJUST = 64;
    public const int IPS_DYING = 512;
    public const int IPS_FIXED_TIMEOUT = 1024;
    public const int IPS_TEMPLATE = 2048;
    public const int IPS_UNTRACKED = 4096;
    public const int IPS_HELPER = 8192;
    public const int IPS_OFFLOAD = 16384;
    public const int IPS_HW_OFFLOAD = 32768;
}
