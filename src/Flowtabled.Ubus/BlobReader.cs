using System.Buffers.Binary;
using System.Text;

namespace Flowtabled.Ubus;

/// <summary>
/// Walks the attributes of a message or of a table or array in it, without allocating: call <see cref="Read"/> until it is false and look at
/// <see cref="Id"/> or <see cref="Name"/>. An attribute's length is checked once, in <see cref="Read"/>; a value's size where it is taken.
/// Numbers are in network byte order (libubox, blob.h and blobmsg.h).
/// </summary>
public ref struct BlobReader
{
    internal const int HeaderSize = 4;
    internal const uint NamedFlag = 1u << 31;
    internal const uint LengthMask = 0xffffff;

    private const int NameLengthSize = 2;

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _origin;
    private ReadOnlySpan<byte> _name;
    private int _next;
    private int _valueOffset;
    private int _valueLength;

    /// <param name="data">The attributes, from the first one's header on.</param>
    /// <param name="origin">Offset of <paramref name="data"/> from the start of the message, for error messages.</param>
    public BlobReader(ReadOnlySpan<byte> data, int origin = 0)
    {
        _data = data;
        _origin = origin;
    }

    /// <summary>The current attribute's id: of a message's attribute which one it is, of a named one its <see cref="Type"/>.</summary>
    public byte Id { get; private set; }

    /// <summary>What the current attribute holds, when it is one of a table or an array.</summary>
    public readonly BlobType Type => (BlobType)Id;

    /// <summary>Whether the current attribute is one of a table or an array; those of messages have no room for a name.</summary>
    public bool IsNamed { get; private set; }

    /// <summary>The current attribute's name; empty in an array.</summary>
    public readonly ReadOnlySpan<byte> Name => _name;

    /// <summary>The current attribute's value, name and padding excluded.</summary>
    public readonly ReadOnlySpan<byte> Value => _data.Slice(_valueOffset, _valueLength);

    /// <summary>Offset of the current attribute's value from the start of the message.</summary>
    public readonly int ValueOffset => _origin + _valueOffset;

    /// <summary>The length with padding.</summary>
    internal static int Align(int length) => (length + 3) & ~3;

    /// <summary>Moves to the next attribute; false at the end.</summary>
    /// <exception cref="UbusFormatException">A header or name is cut, or a length is below a header's or overruns the data.</exception>
    public bool Read()
    {
        var left = _data.Length - _next;
        if (left <= 0)
            return false;
        if (left < HeaderSize)
            ThrowHelper.HeaderCut(_origin + _next, left);

        var head = BinaryPrimitives.ReadUInt32BigEndian(_data[_next..]);
        var length = (int)(head & LengthMask);
        if (length < HeaderSize)
            ThrowHelper.TooShort(_origin + _next, length);
        if (length > left)
            ThrowHelper.Overruns(_origin + _next, length, left);

        Id = (byte)((head >> 24) & 0x7f);
        IsNamed = (head & NamedFlag) != 0;
        _name = default;
        _valueOffset = _next + HeaderSize;
        _valueLength = length - HeaderSize;
        if (IsNamed)
            ReadName();
        _next += Align(length); // The last attribute's padding may be missing: left is then negative.
        return true;
    }

    /// <summary>Whether the current attribute has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    /// <summary>The attributes in the current one.</summary>
    public readonly BlobReader GetNested() => new(Value, ValueOffset);

    /// <summary>The attributes in the current one, which must be a table.</summary>
    public readonly BlobReader GetTable() => Nest(BlobType.Table);

    /// <summary>The attributes in the current one, which must be an array.</summary>
    public readonly BlobReader GetArray() => Nest(BlobType.Array);

    /// <summary>The value as one byte.</summary>
    public readonly byte GetByte() => GetBytes(1)[0];

    /// <summary>The value as 32 bits.</summary>
    public readonly uint GetUInt32() => BinaryPrimitives.ReadUInt32BigEndian(GetBytes(4));

    /// <summary>The value of a number that has no fraction, whatever its width; a boolean is 0 or 1.</summary>
    public readonly long GetInteger() => Type switch
    {
        BlobType.Number64 => BinaryPrimitives.ReadInt64BigEndian(GetBytes(8)),
        BlobType.Number32 => BinaryPrimitives.ReadInt32BigEndian(GetBytes(4)),
        BlobType.Number16 => BinaryPrimitives.ReadInt16BigEndian(GetBytes(2)),
        BlobType.Boolean => (sbyte)GetByte(),
        _ => throw Fault("is no number"),
    };

    /// <summary>The value of a boolean, or of a number: whether it is not 0.</summary>
    public readonly bool GetBoolean() => GetInteger() != 0;

    /// <summary>The value of a number with a fraction.</summary>
    public readonly double GetDouble() =>
        Type == BlobType.Fraction ? BinaryPrimitives.ReadDoubleBigEndian(GetBytes(8)) : throw Fault("is no number with a fraction");

    /// <summary>The bytes of a string, up to its first NUL, which must be there.</summary>
    public readonly ReadOnlySpan<byte> GetStringBytes()
    {
        if (IsNamed && Type != BlobType.Text)
            throw Fault("is no string");
        var end = Value.IndexOf((byte)0);
        if (end < 0)
            throw Fault("is a string without an end");
        return Value[..end];
    }

    /// <summary>A string, one char for each byte (Latin-1): names are bytes, not text, and must survive the way back.</summary>
    public readonly string GetString() => Encoding.Latin1.GetString(GetStringBytes());

    /// <summary>The value, of exactly <paramref name="size"/> bytes.</summary>
    public readonly ReadOnlySpan<byte> GetBytes(int size)
    {
        if (_valueLength != size)
            ThrowHelper.ValueSize(ValueOffset, size, _valueLength);
        return Value;
    }

    /// <summary>A fault in the current attribute's value.</summary>
    public readonly UbusFormatException Fault(string reason) =>
        new(_name.IsEmpty ? $"attribute {Id}" : $"'{Encoding.Latin1.GetString(_name)}'", ValueOffset, reason);

    private readonly BlobReader Nest(BlobType type) => Type == type ? GetNested() : throw Fault(type == BlobType.Table ? "is no table" : "is no array");

    // be16 length, the bytes, a NUL, padding: then the value.
    private void ReadName()
    {
        if (_valueLength < NameLengthSize)
            ThrowHelper.NameOverruns(_origin + _valueOffset, NameLengthSize, _valueLength);
        int length = BinaryPrimitives.ReadUInt16BigEndian(_data[_valueOffset..]);
        var size = Align(NameLengthSize + length + 1);
        if (size > _valueLength)
            ThrowHelper.NameOverruns(_origin + _valueOffset, size, _valueLength);
        _name = _data.Slice(_valueOffset + NameLengthSize, length);
        if (_data[_valueOffset + NameLengthSize + length] != 0)
            ThrowHelper.NameWithoutEnd(_origin + _valueOffset);
        _valueOffset += size;
        _valueLength -= size;
    }
}
