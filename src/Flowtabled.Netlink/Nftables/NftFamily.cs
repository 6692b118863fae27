namespace Flowtabled.Netlink.Nftables;

/// <summary>The family of a table: which packets its chains see (NFPROTO_*, linux/netfilter.h).</summary>
public enum NftFamily : byte
{
    /// <summary>NFPROTO_UNSPEC: in a request, every family.</summary>
    Any = 0,

    /// <summary>NFPROTO_INET, "inet": IPv4 and IPv6.</summary>
    Inet = 1,

    /// <summary>NFPROTO_IPV4, "ip".</summary>
    Ipv4 = 2,

    /// <summary>NFPROTO_ARP, "arp".</summary>
    Arp = 3,

    /// <summary>NFPROTO_NETDEV, "netdev": a device's ingress and egress.</summary>
    Netdev = 5,

    /// <summary>NFPROTO_BRIDGE, "bridge".</summary>
    Bridge = 7,

    /// <summary>NFPROTO_IPV6, "ip6".</summary>
    Ipv6 = 10,
}

/// <summary>Names of families as nft writes them.</summary>
public static class NftFamilyNames
{
    /// <summary>"inet", "ip", "ip6", ...; "family 77" for one that nft does not know.</summary>
    public static string ToNft(this NftFamily family) => family switch
    {
        NftFamily.Any => "any",
        NftFamily.Inet => "inet",
        NftFamily.Ipv4 => "ip",
        NftFamily.Arp => "arp",
        NftFamily.Netdev => "netdev",
        NftFamily.Bridge => "bridge",
        NftFamily.Ipv6 => "ip6",
        _ => $"family {(byte)family}",
    };
}
