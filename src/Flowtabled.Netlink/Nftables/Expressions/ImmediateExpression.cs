using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>A value into a register ("immediate"), for another expression to use.</summary>
/// <param name="Destination">NFTA_IMMEDIATE_DREG; never NFT_REG_VERDICT, which <see cref="VerdictExpression"/> is for.</param>
/// <param name="Value">NFTA_IMMEDIATE_DATA</param>
public sealed record ImmediateExpression(uint Destination, ValueArray<byte> Value) : NftExpression
{
    internal const string KernelName = "immediate";

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_IMMEDIATE_DREG, Destination);
        NftData.WriteValue(writer, NfTables.NFTA_IMMEDIATE_DATA, Value);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? destination = null;
        ValueArray<byte>? value = null;
        VerdictExpression? verdict = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_IMMEDIATE_DREG:
                    destination = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_IMMEDIATE_DATA:
                    value = NftData.ReadValue(data.GetNested());
                    verdict = NftData.ReadVerdict(data.GetNested());
                    break;
            }
        }

        return (destination, value, verdict) switch
        {
            (NfTables.NFT_REG_VERDICT, null, { } v) => v,
            ({ } d, { } v, null) => new ImmediateExpression(d, v),
            _ => null,
        };
    }
}
