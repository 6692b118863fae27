using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>What the elements of a set are.</summary>
/// <param name="Type">NFTA_SET_KEY_TYPE: nft's number of the type, six bits for each field of a concatenation.</param>
/// <param name="Length">NFTA_SET_KEY_LEN: bytes of a key, each field of a concatenation padded to 4.</param>
public sealed record NftSetKey(uint Type, uint Length)
{
    // TYPE_BITS (nftables' datatype.h).
    private const int TypeBits = 6;

    /// <summary>How nft prints a key: NFTNL_UDATA_SET_KEYBYTEORDER in the set's user data.</summary>
    public NftByteOrder ByteOrder { get; init; }

    /// <summary>Bytes of each field of a concatenation, unpadded (NFTA_SET_DESC_CONCAT); empty for a plain key.</summary>
    public ValueArray<uint> Fields { get; init; }

    /// <summary>
    /// The expression whose values the keys are, as nft describes it to itself (NFTNL_UDATA_SET_KEY_TYPEOF); empty when it does not. An
    /// anonymous set has one.
    /// </summary>
    public ValueArray<byte> Typeof { get; init; }

    /// <summary>Values of one type.</summary>
    public static NftSetKey Of(NftDataType type) => new(type.Id, type.Length) { ByteOrder = type.ByteOrder };

    /// <summary>Values of several types, one after the other: nft's "ipv4_addr . inet_service".</summary>
    public static NftSetKey Concatenate(params ReadOnlySpan<NftDataType> types)
    {
        uint id = 0, length = 0;
        var fields = new uint[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            id = (id << TypeBits) | types[i].Id;
            length += (types[i].Length + 3) & ~3u;
            fields[i] = types[i].Length;
        }

        return new NftSetKey(id, length) { Fields = new ValueArray<uint>(fields), Typeof = NftUserData.TypeofConcatenation };
    }

    /// <summary>Values of a key of packet metadata, for an anonymous set: NFT_META_L4PROTO, NFT_META_IIFNAME or NFT_META_OIFNAME.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another key.</exception>
    public static NftSetKey OfMeta(uint key)
    {
        var type = key switch
        {
            NfTables.NFT_META_L4PROTO => NftDataType.InetProtocol,
            NfTables.NFT_META_IIFNAME or NfTables.NFT_META_OIFNAME => NftDataType.InterfaceName,
            _ => throw new ArgumentOutOfRangeException(nameof(key)),
        };
        return new NftSetKey(type.Id, type.Length) { ByteOrder = NftByteOrder.Host, Typeof = NftUserData.TypeofMeta(key) };
    }
}
