using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>
/// Adds the packet's connection to a flowtable ("flow_offload"): <c>flow add @sw</c>. What follows it in the rule runs only when it was
/// added now.
/// </summary>
/// <param name="Flowtable">NFTA_FLOW_TABLE_NAME: a flowtable of the same table.</param>
public sealed record FlowOffloadExpression(string Flowtable) : NftExpression
{
    internal const string KernelName = "flow_offload";

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override (string Kind, string Name) Place => ("flowtable", Flowtable);

    internal override void Write(MessageWriter writer, NftSetIds sets) => writer.WriteString(NfTables.NFTA_FLOW_TABLE_NAME, Flowtable);

    internal static NftExpression? Read(AttributeReader data)
    {
        string? flowtable = null;
        while (data.Read())
        {
            if (data.Type == NfTables.NFTA_FLOW_TABLE_NAME)
                flowtable = data.GetString();
        }

        return flowtable is null ? null : new FlowOffloadExpression(flowtable);
    }
}
