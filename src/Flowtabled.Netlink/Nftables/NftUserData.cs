using System.Runtime.InteropServices;
using System.Text;

namespace Flowtabled.Netlink.Nftables;

/// <summary>
/// The user data that nft leaves with objects for itself: one byte of type, one of length, the value; integers in host byte order. What
/// others leave there may be anything, so reading it never fails.
/// </summary>
internal static class NftUserData
{
    // libnftnl's udata.h. Tables, rules and elements have their comment under the same number.
    public const byte NFTNL_UDATA_COMMENT = 0;
    public const byte NFTNL_UDATA_SET_ELEM_FLAGS = 1;
    public const byte NFTNL_UDATA_SET_KEYBYTEORDER = 0;
    public const byte NFTNL_UDATA_SET_MERGE_ELEMENTS = 2;
    public const byte NFTNL_UDATA_SET_KEY_TYPEOF = 3;
    public const byte NFTNL_UDATA_SET_COMMENT = 7;

    // nftables' netlink.c: an interval without an end.
    public const uint SET_ELEM_F_INTERVAL_OPEN = 1;

    private const int MaxCommentLength = 128;

    // NFTNL_UDATA_SET_TYPEOF_EXPR and _DATA (nftables' netlink.c), and the numbers of expressions (enum expr_types, expression.h).
    private const byte TypeofExpression = 0;
    private const byte TypeofData = 1;
    private const uint EXPR_META = 9;
    private const uint EXPR_CONCAT = 13;

    /// <summary>What nft calls the type of a concatenation whose fields it knows by their types.</summary>
    public static ValueArray<byte> TypeofConcatenation { get; } = Typeof(EXPR_CONCAT, []);

    /// <summary>What nft calls the type of a key of packet metadata.</summary>
    public static ValueArray<byte> TypeofMeta(uint key)
    {
        var data = new MessageBuffer(8);
        Write(data, 0, key);
        return Typeof(EXPR_META, data.Written);
    }

    public static void Write(MessageBuffer data, byte type, ReadOnlySpan<byte> value)
    {
        var entry = data.Append(2 + value.Length);
        entry[0] = type;
        entry[1] = checked((byte)value.Length);
        value.CopyTo(entry[2..]);
    }

    public static void Write(MessageBuffer data, byte type, uint value) =>
        Write(data, type, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in value)));

    /// <exception cref="ArgumentException">It is longer than nft allows, or has a char that is no byte.</exception>
    public static void WriteComment(MessageBuffer data, byte type, string comment)
    {
        if (comment.Length > MaxCommentLength || comment.AsSpan().ContainsAnyExceptInRange('\u0001', '\u00ff'))
            throw new ArgumentException($"a comment has at most {MaxCommentLength} chars of one byte each: \"{comment}\"");
        Span<byte> value = stackalloc byte[comment.Length + 1];
        Encoding.Latin1.GetBytes(comment, value);
        value[^1] = 0;
        Write(data, type, value);
    }

    /// <summary>The first value of type <paramref name="type"/>; false where there is none, or something else than such data.</summary>
    public static bool TryFind(ReadOnlySpan<byte> data, byte type, out ReadOnlySpan<byte> value)
    {
        while (data.Length >= 2 && data.Length - 2 >= data[1])
        {
            value = data.Slice(2, data[1]);
            if (data[0] == type)
                return true;
            data = data[(2 + value.Length)..];
        }

        value = default;
        return false;
    }

    public static string? FindComment(ReadOnlySpan<byte> data, byte type) =>
        TryFind(data, type, out var value) && value.IndexOf((byte)0) is var end and >= 0 ? Encoding.Latin1.GetString(value[..end]) : null;

    public static uint FindUInt32(ReadOnlySpan<byte> data, byte type) =>
        TryFind(data, type, out var value) && value.Length == sizeof(uint) ? MemoryMarshal.Read<uint>(value) : 0;

    private static ValueArray<byte> Typeof(uint expression, ReadOnlySpan<byte> description)
    {
        var data = new MessageBuffer(32);
        Write(data, TypeofExpression, expression);
        Write(data, TypeofData, description);
        return [.. data.Written];
    }
}
