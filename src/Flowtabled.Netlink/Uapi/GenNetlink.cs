namespace Flowtabled.Netlink.Uapi;

/// <summary>the generic netlink controller (linux/genetlink.h). Names are the kernel's.</summary>
public static class GenNetlink
{
    public const int GENL_ID_CTRL = 16;

    public const int CTRL_CMD_GETFAMILY = 3;

    public const int CTRL_ATTR_FAMILY_ID = 1;
    public const int CTRL_ATTR_FAMILY_NAME = 2;
}
