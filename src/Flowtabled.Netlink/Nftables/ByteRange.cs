namespace Flowtabled.Netlink.Nftables;

/// <summary>Keys of ranges as the kernel orders them: big numbers, first byte first.</summary>
internal static class ByteRange
{
    /// <summary>The key after this one; null after the highest.</summary>
    public static ValueArray<byte>? Next(ValueArray<byte> key)
    {
        byte[] next = [.. key.Span];
        for (var i = next.Length - 1; i >= 0; i--)
        {
            if (++next[i] != 0)
                return new ValueArray<byte>(next);
        }

        return null;
    }

    /// <summary>The key before this one; null before zero.</summary>
    public static ValueArray<byte>? Previous(ValueArray<byte> key)
    {
        byte[] previous = [.. key.Span];
        for (var i = previous.Length - 1; i >= 0; i--)
        {
            if (previous[i]-- != 0)
                return new ValueArray<byte>(previous);
        }

        return null;
    }

    /// <summary>The highest key as long as this one.</summary>
    public static ValueArray<byte> Highest(ValueArray<byte> key)
    {
        var highest = new byte[key.Count];
        highest.AsSpan().Fill(byte.MaxValue);
        return new ValueArray<byte>(highest);
    }
}
