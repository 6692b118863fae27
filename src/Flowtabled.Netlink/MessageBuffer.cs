namespace Flowtabled.Netlink;

/// <summary>The bytes that a <see cref="MessageWriter"/> fills: grows as needed and is used again, so that a steady state allocates nothing.</summary>
public sealed class MessageBuffer(int capacity = 4096)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written; keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends <paramref name="size"/> zero bytes and returns them.</summary>
    internal Span<byte> Append(int size)
    {
        if (_bytes.Length - Length < size)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        var added = _bytes.AsSpan(Length, size);
        added.Clear();
        Length += size;
        return added;
    }

    /// <summary>Written bytes from <paramref name="offset"/> on, to patch lengths.</summary>
    internal Span<byte> At(int offset, int size) => _bytes.AsSpan(0, Length).Slice(offset, size);
}
