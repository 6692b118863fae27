using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Ethtool;

/// <summary>What SIOCETHTOOL takes (struct ifreq, net/if.h).</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)] // 32 on 32-bit machines: a few bytes too many do no harm.
internal unsafe struct InterfaceRequest
{
    public const int NameSize = 16;

    public fixed byte Name[NameSize];
    public void* Data;
}

/// <summary>ETHTOOL_GDRVINFO (struct ethtool_drvinfo, linux/ethtool.h); of what follows the driver's name nothing is used here.</summary>
[StructLayout(LayoutKind.Sequential, Size = 196)]
internal unsafe struct DriverInfo
{
    public const int NameSize = 32;

    public uint Command;
    public fixed byte Driver[NameSize];
}

/// <summary>ETHTOOL_GSSET_INFO (struct ethtool_sset_info, linux/ethtool.h); a uint for each set that exists follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StringSetInfo
{
    public uint Command;
    public uint Reserved;
    public ulong Mask;
}

/// <summary>ETHTOOL_GSTRINGS (struct ethtool_gstrings, linux/ethtool.h); the strings follow, ETH_GSTRING_LEN bytes each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StringSet
{
    public uint Command;
    public uint Set;
    public uint Count;
}

/// <summary>ETHTOOL_GFEATURES (struct ethtool_gfeatures, linux/ethtool.h); the blocks follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FeatureBlocks
{
    public uint Command;
    public uint Count;
}

/// <summary>32 features, a bit each (struct ethtool_get_features_block, linux/ethtool.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FeatureBlock
{
    public uint Available;
    public uint Requested;
    public uint Active;
    public uint NeverChanged;
}
