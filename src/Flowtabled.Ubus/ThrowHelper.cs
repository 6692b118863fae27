using System.Diagnostics.CodeAnalysis;

namespace Flowtabled.Ubus;

/// <summary>Throws live here so that the reader's hot path stays small enough to inline.</summary>
internal static class ThrowHelper
{
    private const string Attribute = "attribute";

    [DoesNotReturn]
    public static void HeaderCut(int offset, int have) =>
        throw new UbusFormatException(Attribute, offset, $"{have} bytes are left, less than a header");

    [DoesNotReturn]
    public static void TooShort(int offset, int length) =>
        throw new UbusFormatException(Attribute, offset, $"length {length} is less than a header's");

    [DoesNotReturn]
    public static void Overruns(int offset, int length, int have) =>
        throw new UbusFormatException(Attribute, offset, $"length {length} overruns the {have} bytes that are left");

    [DoesNotReturn]
    public static void NameOverruns(int offset, int size, int have) =>
        throw new UbusFormatException("name", offset, $"takes {size} bytes, the attribute has {have}");

    [DoesNotReturn]
    public static void NameWithoutEnd(int offset) => throw new UbusFormatException("name", offset, "has no NUL at its end");

    [DoesNotReturn]
    public static void ValueSize(int offset, int expected, int actual) =>
        throw new UbusFormatException("value", offset, $"has {actual} bytes, expected {expected}");
}
