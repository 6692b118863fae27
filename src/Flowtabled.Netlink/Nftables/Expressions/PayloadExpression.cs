using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>Bytes of the packet into a register, in network byte order ("payload"): <c>ip saddr</c>, <c>tcp dport</c>.</summary>
/// <param name="Destination">NFTA_PAYLOAD_DREG.</param>
/// <param name="Header">NFTA_PAYLOAD_BASE.</param>
/// <param name="Offset">NFTA_PAYLOAD_OFFSET, in bytes from the beginning of that header.</param>
/// <param name="Length">NFTA_PAYLOAD_LEN, in bytes.</param>
public sealed record PayloadExpression(uint Destination, NftHeader Header, uint Offset, uint Length) : NftExpression
{
    internal const string KernelName = "payload";

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_PAYLOAD_DREG, Destination);
        writer.WriteUInt32BigEndian(NfTables.NFTA_PAYLOAD_BASE, (uint)Header);
        writer.WriteUInt32BigEndian(NfTables.NFTA_PAYLOAD_OFFSET, Offset);
        writer.WriteUInt32BigEndian(NfTables.NFTA_PAYLOAD_LEN, Length);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? destination = null, header = null, offset = null, length = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_PAYLOAD_DREG:
                    destination = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_PAYLOAD_BASE:
                    header = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_PAYLOAD_OFFSET:
                    offset = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_PAYLOAD_LEN:
                    length = data.GetUInt32BigEndian();
                    break;
            }
        }

        return (destination, header, offset, length) is ({ } d, { } h, { } o, { } l)
            ? new PayloadExpression(d, (NftHeader)h, o, l)
            : null; // Writes to the packet have a source instead.
    }
}

/// <summary>Headers of a packet (enum nft_payload_bases, linux/netfilter/nf_tables.h).</summary>
public enum NftHeader : uint
{
    /// <summary>NFT_PAYLOAD_LL_HEADER</summary>
    Link = NfTables.NFT_PAYLOAD_LL_HEADER,

    /// <summary>NFT_PAYLOAD_NETWORK_HEADER</summary>
    Network = NfTables.NFT_PAYLOAD_NETWORK_HEADER,

    /// <summary>NFT_PAYLOAD_TRANSPORT_HEADER</summary>
    Transport = NfTables.NFT_PAYLOAD_TRANSPORT_HEADER,
}
