namespace Flowtabled.Netlink;

/// <summary>The kernel refused a request, or a call on the socket failed.</summary>
public class NetlinkException : Exception
{
    /// <param name="operation">What was asked, for the reader of the message: "add table inet flowtabled".</param>
    /// <param name="errno">The positive error number.</param>
    /// <param name="kernelText">NLMSGERR_ATTR_MSG, if the kernel sent one.</param>
    /// <param name="offset">NLMSGERR_ATTR_OFFS, if the kernel sent one: bytes from the start of the request's header.</param>
    /// <param name="place">What stands at <paramref name="offset"/>, where the sender knows it: "device \"eth9\"".</param>
    public NetlinkException(string operation, int errno, string? kernelText = null, int? offset = null, string? place = null)
        : base(Describe(operation, errno, kernelText, offset, place))
    {
        Operation = operation;
        Errno = errno;
        KernelText = kernelText;
        Offset = offset;
        Place = place;
    }

    /// <summary>What was asked.</summary>
    public string Operation { get; }

    /// <summary>The positive error number, a value of <see cref="Netlink.Errno"/>.</summary>
    public int Errno { get; }

    /// <summary>The kernel's own words (extended ack), or null.</summary>
    public string? KernelText { get; }

    /// <summary>Byte offset in the request that the kernel points at (extended ack), or null.</summary>
    public int? Offset { get; }

    /// <summary>What stands at <see cref="Offset"/>, or null.</summary>
    public string? Place { get; }

    internal static string Describe(string operation, int errno, string? kernelText, int? offset, string? place)
    {
        var text = $"{operation}: {Netlink.Errno.Name(errno)} ({Netlink.Errno.Text(errno)})";
        if (kernelText is not null)
            text += $", kernel: {kernelText}";
        if (place is not null)
            text += $", at {place}";
        else if (offset is not null)
            text += $", at byte {offset} of the request";
        return text;
    }
}
