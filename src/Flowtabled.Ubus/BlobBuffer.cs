namespace Flowtabled.Ubus;

/// <summary>The bytes that a <see cref="BlobWriter"/> fills: grows as needed and is used again, so that a steady state allocates nothing.</summary>
public sealed class BlobBuffer
{
    // What a long reply took is given back.
    private const int Kept = 64 * 1024;
    private const int First = 1024;

    private byte[] _bytes = new byte[First];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written; keeps the memory, unless it is much.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > Kept)
            _bytes = new byte[First];
    }

    /// <summary>Appends bytes as they are.</summary>
    internal void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

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

    /// <summary>Takes away the first <paramref name="count"/> bytes.</summary>
    internal void Remove(int count)
    {
        if (count == Length)
        {
            Clear();
            return;
        }

        _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
        Length -= count;
    }
}
