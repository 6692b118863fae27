namespace Flowtabled.Netlink.Nftables;

/// <summary>What the kernel says against one message of a batch.</summary>
/// <param name="Operation">What the message asks: "add flowtable inet flowtabled sw".</param>
/// <param name="Errno">The positive error number, a value of <see cref="Netlink.Errno"/>.</param>
/// <param name="KernelText">NLMSGERR_ATTR_MSG, or null; nftables rarely has one.</param>
/// <param name="Offset">NLMSGERR_ATTR_OFFS, bytes from the start of the message, or null.</param>
/// <param name="Place">What stands there: <c>device "eth9"</c>; or null.</param>
public sealed record NftRefusal(string Operation, int Errno, string? KernelText, int? Offset, string? Place)
{
    /// <summary>All of it, for people.</summary>
    public override string ToString() => NetlinkException.Describe(Operation, Errno, KernelText, Offset, Place);
}
