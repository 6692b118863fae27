using System.Buffers;
using System.Globalization;
using System.Text;

namespace Flowtabled.Engine.Topology;

/// <summary>
/// Device names. To the kernel a name is 1 to 15 bytes of any encoding or none, so in this program it is a string with one character
/// for each byte (Latin-1): nothing is lost, and equal bytes are equal strings. <see cref="Display"/> is for people and JSON.
/// </summary>
public static class DeviceName
{
    /// <summary>The longest name in bytes: <c>IFNAMSIZ</c> (linux/if.h) less the final NUL.</summary>
    public const int MaxLength = 15;

    /// <summary>The name that these bytes, without a final NUL, are.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The bytes that the kernel knows <paramref name="name"/> by, without a final NUL.</summary>
    public static byte[] ToBytes(string name) => Encoding.Latin1.GetBytes(name);

    /// <summary>
    /// Whether the kernel would take <paramref name="name"/> for a device: <c>dev_valid_name</c> (net/core/dev.c). Its <c>isspace</c>
    /// counts 0xA0, the no-break space of Latin-1, as white space.
    /// </summary>
    public static bool IsLegal(string name)
    {
        if (name.Length is 0 or > MaxLength || name is "." or "..")
            return false;

        foreach (var c in name)
        {
            if (c is '\0' or '/' or ':' or ' ' or (>= '\t' and <= '\r') or '\u00A0' or > '\u00FF')
                return false;
        }

        return true;
    }

    /// <summary>
    /// <paramref name="name"/> for people: UTF-8 where its bytes are UTF-8, <c>\xNN</c> for each byte where not, and for control and format
    /// characters and backslashes, so that no name can steer a terminal or pass for another.
    /// </summary>
    public static string Display(string name)
    {
        if (IsPlain(name))
            return name;

        var text = new StringBuilder();
        ReadOnlySpan<byte> rest = ToBytes(name);
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var length);
            if (status == OperationStatus.Done && IsPrintable(rune))
                text.Append(rune);
            else
                AppendEscaped(text, rest[..length]);
            rest = rest[length..];
        }

        return text.ToString();
    }

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
        {
            if (c is < ' ' or > '~' or '\\')
                return false;
        }

        return true;
    }

    private static bool IsPrintable(Rune rune) => rune.Value != '\\' && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
    }
}
