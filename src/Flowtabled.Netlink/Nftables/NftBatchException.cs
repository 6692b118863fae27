namespace Flowtabled.Netlink.Nftables;

/// <summary>The kernel refused a batch: nothing of it took effect.</summary>
public sealed class NftBatchException : NetlinkException
{
    internal NftBatchException(IReadOnlyList<NftRefusal> refusals)
        : base(refusals[0].Operation, refusals[0].Errno, refusals[0].KernelText, refusals[0].Offset, refusals[0].Place) =>
        Refusals = refusals;

    /// <summary>Every refusal, in the order of the batch; the properties of this exception are the first one's.</summary>
    public IReadOnlyList<NftRefusal> Refusals { get; }

    /// <inheritdoc/>
    public override string Message => string.Join("; ", Refusals);
}
