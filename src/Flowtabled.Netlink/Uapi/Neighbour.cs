namespace Flowtabled.Netlink.Uapi;

/// <summary>Entries of neighbour tables and bridges' forwarding databases (linux/neighbour.h). Names are the kernel's.</summary>
public static class Neighbour
{
    public const int NDA_DST = 1;
    public const int NDA_LLADDR = 2;
    public const int NDA_VLAN = 5;
    public const int NDA_MASTER = 9;

    public const int NUD_REACHABLE = 0x02;
    public const int NUD_STALE = 0x04;
    public const int NUD_DELAY = 0x08;
    public const int NUD_PROBE = 0x10;
    public const int NUD_NOARP = 0x40;
    public const int NUD_PERMANENT = 0x80;
}
