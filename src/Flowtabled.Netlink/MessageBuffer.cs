namespace Flowtabled.Netlink;

/// <summary>
/// The bytes that a <see cref="MessageWriter"/> fills: grows as needed and is used again, so that a steady state allocates nothing.
/// </summary>
public sealed class MessageBuffer(int capacity = 4096)
{
    private byte[] _bytes = new byte[capacity];
    private List<(int Offset, string Kind, string Name)>? _places;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written; keeps the memory.</summary>
    public void Clear()
    {
        Length = 0;
        _places?.Clear();
    }

    /// <summary>
    /// What <see cref="MessageWriter.Mark"/> said stands at <paramref name="offset"/>: <c>device "eth9"</c>; null when nothing was said.
    /// </summary>
    public string? PlaceAt(int offset)
    {
        foreach (var place in _places ?? [])
        {
            if (place.Offset == offset)
                return $"{place.Kind} \"{place.Name}\"";
        }

        return null;
    }

    /// <summary>Appends bytes as they are.</summary>
    internal void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Says what the next byte begins.</summary>
    internal void Mark(string kind, string name) => (_places ??= []).Add((Length, kind, name));

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
