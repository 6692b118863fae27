using System.Diagnostics.CodeAnalysis;

namespace Flowtabled.Netlink;

/// <summary>Throws live here so that the readers' hot paths stay small enough to inline.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void MessageTooShort(ushort type, int offset, int need, int have) =>
        throw new NetlinkFormatException(type, null, offset, $"needs {need} bytes, {have} are left");

    [DoesNotReturn]
    public static void AttributeTooShort(ushort message, ushort type, int offset, int length) =>
        throw new NetlinkFormatException(message, type, offset, $"length {length} is less than an attribute's header");

    [DoesNotReturn]
    public static void AttributeOverruns(ushort message, ushort type, int offset, int length, int have) =>
        throw new NetlinkFormatException(message, type, offset, $"length {length} overruns the {have} bytes that are left");

    [DoesNotReturn]
    public static void AttributeHeaderCut(ushort message, int offset, int have) =>
        throw new NetlinkFormatException(message, null, offset, $"{have} bytes are left, less than an attribute's header");

    [DoesNotReturn]
    public static void ValueSize(ushort message, ushort type, int offset, int expected, int actual) =>
        throw new NetlinkFormatException(message, type, offset, $"value has {actual} bytes, expected {expected}");

    [DoesNotReturn]
    public static void Value(ushort message, ushort type, int offset, string reason) =>
        throw new NetlinkFormatException(message, type, offset, reason);

    [DoesNotReturn]
    public static void AttributeTooLong(ushort type, int length) =>
        throw new ArgumentException($"attribute {type} would have {length} bytes; netlink allows {ushort.MaxValue}");
}
