namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>An expression of a kind, or in a form, that is not known here: kept as it came, to be shown and compared.</summary>
/// <param name="KernelName">NFTA_EXPR_NAME</param>
/// <param name="Data">NFTA_EXPR_DATA: its attributes.</param>
public sealed record UnknownExpression(string KernelName, ValueArray<byte> Data) : NftExpression
{
    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override void Write(MessageWriter writer, NftSetIds sets) => writer.WriteRaw(Data.Span);
}
