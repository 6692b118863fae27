namespace Flowtabled.Netlink.Nftables;

/// <summary>
/// A type of nft's, so that <c>nft list</c> prints a set's elements as they were meant. The kernel stores the number and asks nothing more.
/// </summary>
/// <param name="Id">TYPE_* (enum datatypes, nftables' datatype.h).</param>
/// <param name="Length">Bytes of a value.</param>
/// <param name="ByteOrder">How a value's bytes are to be read.</param>
public readonly record struct NftDataType(uint Id, uint Length, NftByteOrder ByteOrder)
{
    /// <summary>TYPE_IPADDR, "ipv4_addr".</summary>
    public static NftDataType Ipv4Address => new(7, 4, NftByteOrder.Network);

    /// <summary>TYPE_IP6ADDR, "ipv6_addr".</summary>
    public static NftDataType Ipv6Address => new(8, 16, NftByteOrder.Network);

    /// <summary>TYPE_INET_PROTOCOL, "inet_proto": IPPROTO_*.</summary>
    public static NftDataType InetProtocol => new(12, 1, NftByteOrder.None);

    /// <summary>TYPE_INET_SERVICE, "inet_service": a port.</summary>
    public static NftDataType InetService => new(13, 2, NftByteOrder.Network);

    /// <summary>TYPE_MARK, "mark": a packet's or a connection's.</summary>
    public static NftDataType Mark => new(19, 4, NftByteOrder.Host);

    /// <summary>TYPE_IFNAME, "ifname": IFNAMSIZ bytes, NULs after the name.</summary>
    public static NftDataType InterfaceName => new(41, NftValue.InterfaceNameSize, NftByteOrder.Host);
}

/// <summary>How a value's bytes are to be read (enum byteorder, nftables' datatype.h; in a set's user data).</summary>
public enum NftByteOrder : uint
{
    /// <summary>BYTEORDER_INVALID: a concatenation, a single byte, or not said.</summary>
    None = 0,

    /// <summary>BYTEORDER_HOST_ENDIAN</summary>
    Host = 1,

    /// <summary>BYTEORDER_BIG_ENDIAN</summary>
    Network = 2,
}
