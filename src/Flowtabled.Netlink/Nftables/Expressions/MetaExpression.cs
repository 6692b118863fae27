using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>Packet metadata into a register ("meta"): <c>iifname</c>, <c>meta l4proto</c>, <c>meta mark</c>.</summary>
/// <param name="Key">NFTA_META_KEY, a value of NFT_META_*.</param>
/// <param name="Destination">NFTA_META_DREG.</param>
public sealed record MetaExpression(uint Key, uint Destination) : NftExpression
{
    internal const string KernelName = "meta";

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_META_KEY, Key);
        writer.WriteUInt32BigEndian(NfTables.NFTA_META_DREG, Destination);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? key = null, destination = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_META_KEY:
                    key = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_META_DREG:
                    destination = data.GetUInt32BigEndian();
                    break;
            }
        }

        return (key, destination) is ({ } k, { } d) ? new MetaExpression(k, d) : null; // What sets some has a source instead.
    }
}
