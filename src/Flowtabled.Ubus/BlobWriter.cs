using System.Buffers.Binary;
using System.Text;

namespace Flowtabled.Ubus;

/// <summary>
/// Appends attributes to a <see cref="BlobBuffer"/>: those of a message by their id, those of tables and arrays by their name, which is empty in
/// an array. What has a length of its own is begun and ended; the token from the beginning patches the length at the end.
/// </summary>
public readonly ref struct BlobWriter(BlobBuffer buffer)
{
    private readonly BlobBuffer _buffer = buffer;

    /// <summary>An attribute that was begun and will hold others.</summary>
    public readonly ref struct Nest(int start)
    {
        internal int Start => start;
    }

    /// <summary>Begins an attribute of a message that holds others.</summary>
    public Nest BeginNest(byte id) => Begin((uint)id << 24, default, isNamed: false);

    /// <summary>Begins a table.</summary>
    public Nest BeginTable(ReadOnlySpan<byte> name) => BeginNest(BlobType.Table, name);

    /// <summary>Begins an array.</summary>
    public Nest BeginArray(ReadOnlySpan<byte> name) => BeginNest(BlobType.Array, name);

    /// <summary>Ends what was begun: sets its length.</summary>
    /// <exception cref="ArgumentException">It holds 16 MiB or more.</exception>
    public void EndNest(Nest nest)
    {
        var length = _buffer.Length - nest.Start;
        if (length > BlobReader.LengthMask)
            throw new ArgumentException($"an attribute would have {length} bytes; blobs allow {BlobReader.LengthMask}");
        var header = _buffer.At(nest.Start, BlobReader.HeaderSize);
        BinaryPrimitives.WriteUInt32BigEndian(header, (BinaryPrimitives.ReadUInt32BigEndian(header) & ~BlobReader.LengthMask) | (uint)length);
    }

    /// <summary>An attribute of a message: one byte.</summary>
    public void WriteByte(byte id, byte value) => Value(id, 1)[0] = value;

    /// <summary>An attribute of a message: 32 bits.</summary>
    public void WriteUInt32(byte id, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Value(id, 4), value);

    /// <summary>An attribute of a message: a string, to which a NUL is added.</summary>
    public void WriteString(byte id, ReadOnlySpan<byte> value) => value.CopyTo(Value(id, value.Length + 1));

    /// <summary>An attribute of a message: attributes as they are.</summary>
    public void WriteNested(byte id, ReadOnlySpan<byte> attributes) => attributes.CopyTo(Value(id, attributes.Length));

    /// <summary>A null.</summary>
    public void AddNull(ReadOnlySpan<byte> name) => Value(BlobType.Null, name, 0);

    /// <summary>A boolean.</summary>
    public void AddBoolean(ReadOnlySpan<byte> name, bool value) => Value(BlobType.Boolean, name, 1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>16 signed bits.</summary>
    public void AddInt16(ReadOnlySpan<byte> name, short value) => BinaryPrimitives.WriteInt16BigEndian(Value(BlobType.Number16, name, 2), value);

    /// <summary>32 signed bits.</summary>
    public void AddInt32(ReadOnlySpan<byte> name, int value) => BinaryPrimitives.WriteInt32BigEndian(Value(BlobType.Number32, name, 4), value);

    /// <summary>64 signed bits.</summary>
    public void AddInt64(ReadOnlySpan<byte> name, long value) => BinaryPrimitives.WriteInt64BigEndian(Value(BlobType.Number64, name, 8), value);

    /// <summary>A number in 32 bits where it fits, else in 64, as other programs make it of JSON (libubox, blobmsg_json.c).</summary>
    public void AddInteger(ReadOnlySpan<byte> name, long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
            AddInt32(name, (int)value);
        else
            AddInt64(name, value);
    }

    /// <summary>A number with a fraction.</summary>
    public void AddDouble(ReadOnlySpan<byte> name, double value) => BinaryPrimitives.WriteDoubleBigEndian(Value(BlobType.Fraction, name, 8), value);

    /// <summary>A string, to which a NUL is added.</summary>
    public void AddString(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => value.CopyTo(Value(BlobType.Text, name, value.Length + 1));

    /// <summary>A string, as UTF-8.</summary>
    public void AddString(ReadOnlySpan<byte> name, string value) =>
        Encoding.UTF8.GetBytes(value, Value(BlobType.Text, name, Encoding.UTF8.GetByteCount(value) + 1));

    private Nest BeginNest(BlobType type, ReadOnlySpan<byte> name) => Begin(BlobReader.NamedFlag | ((uint)type << 24), name, isNamed: true);

    private Nest Begin(uint head, ReadOnlySpan<byte> name, bool isNamed)
    {
        var start = _buffer.Length;
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.Append(BlobReader.HeaderSize), head);
        if (!isNamed)
            return new Nest(start);
        var bytes = _buffer.Append(BlobReader.Align(2 + name.Length + 1));
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)name.Length));
        name.CopyTo(bytes[2..]);
        return new Nest(start);
    }

    private Span<byte> Value(byte id, int size) => End(BeginNest(id), size);

    private Span<byte> Value(BlobType type, ReadOnlySpan<byte> name, int size) => End(BeginNest(type, name), size);

    // A length counts what a nest's last attribute was padded with, but not its own padding.
    private Span<byte> End(Nest nest, int size)
    {
        var value = _buffer.Append(size);
        EndNest(nest);
        var offset = _buffer.Length - size;
        _buffer.Append(BlobReader.Align(size) - size);
        return size == 0 ? value : _buffer.At(offset, size);
    }
}
