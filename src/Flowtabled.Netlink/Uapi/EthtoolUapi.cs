namespace Flowtabled.Netlink.Uapi;

/// <summary>ethtool over generic netlink, and before it over an ioctl (linux/ethtool_netlink.h, linux/ethtool.h, linux/sockios.h). Names are the kernel's.</summary>
public static class EthtoolUapi
{
    public const string ETHTOOL_GENL_NAME = "ethtool";
    public const int ETHTOOL_GENL_VERSION = 1;

    public const int ETHTOOL_MSG_FEATURES_GET = 11;
    public const int ETHTOOL_MSG_FEATURES_GET_REPLY = 11;

    public const int ETHTOOL_A_FEATURES_HEADER = 1;
    public const int ETHTOOL_A_FEATURES_HW = 2;
    public const int ETHTOOL_A_FEATURES_WANTED = 3;
    public const int ETHTOOL_A_FEATURES_ACTIVE = 4;
    public const int ETHTOOL_A_FEATURES_NOCHANGE = 5;

    public const int ETHTOOL_A_HEADER_DEV_INDEX = 1;
    public const int ETHTOOL_A_HEADER_DEV_NAME = 2;
    public const int ETHTOOL_A_HEADER_FLAGS = 3;

    public const int ETHTOOL_A_BITSET_NOMASK = 1;
    public const int ETHTOOL_A_BITSET_SIZE = 2;
    public const int ETHTOOL_A_BITSET_BITS = 3;
    public const int ETHTOOL_A_BITSET_VALUE = 4;
    public const int ETHTOOL_A_BITSET_MASK = 5;
    public const int ETHTOOL_A_BITSET_BITS_BIT = 1;
    public const int ETHTOOL_A_BITSET_BIT_INDEX = 1;
    public const int ETHTOOL_A_BITSET_BIT_NAME = 2;
    public const int ETHTOOL_A_BITSET_BIT_VALUE = 3;

    public const int SIOCETHTOOL = 0x8946;

    public const int ETHTOOL_GDRVINFO = 0x03;
    public const int ETHTOOL_GSTRINGS = 0x1b;
    public const int ETHTOOL_GSSET_INFO = 0x37;
    public const int ETHTOOL_GFEATURES = 0x3a;

    public const int ETH_SS_FEATURES = 4;
    public const int ETH_GSTRING_LEN = 32;
}
