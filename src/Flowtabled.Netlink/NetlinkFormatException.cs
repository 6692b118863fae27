namespace Flowtabled.Netlink;

/// <summary>Bytes that are not a well-formed netlink message: a length that overruns its frame, a value of the wrong size.</summary>
public sealed class NetlinkFormatException : Exception
{
    internal NetlinkFormatException(ushort messageType, ushort? attributeType, int offset, string reason)
        : base(Describe(messageType, attributeType, offset, reason))
    {
        MessageType = messageType;
        AttributeType = attributeType;
        Offset = offset;
    }

    /// <summary>nlmsg_type of the message.</summary>
    public ushort MessageType { get; }

    /// <summary>Type of the attribute, or null when the fault lies in the message's own header.</summary>
    public ushort? AttributeType { get; }

    /// <summary>Byte offset of the fault from the start of the message's header.</summary>
    public int Offset { get; }

    private static string Describe(ushort messageType, ushort? attributeType, int offset, string reason) =>
        attributeType is { } attribute
            ? $"netlink message 0x{messageType:x4}, attribute {attribute} at byte {offset}: {reason}"
            : $"netlink message 0x{messageType:x4} at byte {offset}: {reason}";
}
