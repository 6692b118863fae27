using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>The packet's connection into a register ("ct"): <c>ct state</c>, <c>ct mark</c>, <c>ct original packets</c>.</summary>
/// <param name="Key">NFTA_CT_KEY, a value of NFT_CT_*.</param>
/// <param name="Destination">NFTA_CT_DREG.</param>
public sealed record CtExpression(uint Key, uint Destination) : NftExpression
{
    internal const string KernelName = "ct";

    /// <summary>NFTA_CT_DIRECTION: IP_CT_DIR_ORIGINAL (0) or IP_CT_DIR_REPLY (1), for keys that differ by it; null otherwise.</summary>
    public byte? Direction { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_CT_KEY, Key);
        writer.WriteUInt32BigEndian(NfTables.NFTA_CT_DREG, Destination);
        if (Direction is { } direction)
            writer.WriteByte(NfTables.NFTA_CT_DIRECTION, direction);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? key = null, destination = null;
        byte? direction = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_CT_KEY:
                    key = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_CT_DREG:
                    destination = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_CT_DIRECTION:
                    direction = data.GetByte();
                    break;
            }
        }

        return (key, destination) is ({ } k, { } d) ? new CtExpression(k, d) { Direction = direction } : null; // What sets some has a source instead.
    }
}
