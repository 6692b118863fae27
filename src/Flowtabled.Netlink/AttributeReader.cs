using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink;

/// <summary>
/// Walks the attributes (struct nlattr) of one message or nest, without allocating: call <see cref="Read"/> until it is false and look at
/// <see cref="Type"/>. An attribute's length is checked once, in <see cref="Read"/>; a value's size where it is taken. Unknown types are
/// the caller's to skip.
/// </summary>
public ref struct AttributeReader
{
    private const int HeaderSize = 4;

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _origin;
    private readonly ushort _message;
    private ushort _rawType;
    private int _next;
    private int _valueOffset;
    private int _valueLength;

    /// <param name="data">The attributes, from the first one's header on.</param>
    /// <param name="messageType">nlmsg_type of the message they belong to, for error messages.</param>
    /// <param name="origin">Offset of <paramref name="data"/> from the start of that message.</param>
    public AttributeReader(ReadOnlySpan<byte> data, ushort messageType, int origin)
    {
        _data = data;
        _message = messageType;
        _origin = origin;
    }

    /// <summary>Type of the current attribute, without NLA_F_NESTED and NLA_F_NET_BYTEORDER.</summary>
    public readonly ushort Type => (ushort)(_rawType & NetlinkUapi.NLA_TYPE_MASK);

    /// <summary>Whether NLA_F_NESTED is set. Many kernel interfaces nest without setting it.</summary>
    public readonly bool IsNested => (_rawType & NetlinkUapi.NLA_F_NESTED) != 0;

    /// <summary>The current attribute's value, padding excluded.</summary>
    public readonly ReadOnlySpan<byte> Value => _data.Slice(_valueOffset, _valueLength);

    /// <summary>Offset of the current attribute's value from the start of the message.</summary>
    public readonly int ValueOffset => _origin + _valueOffset;

    /// <summary>Moves to the next attribute; false at the end.</summary>
    /// <exception cref="NetlinkFormatException">A header is cut, or a length is below 4 or overruns the data.</exception>
    public bool Read()
    {
        var left = _data.Length - _next;
        if (left <= 0)
            return false;
        if (left < HeaderSize)
            ThrowHelper.AttributeHeaderCut(_message, _origin + _next, left);

        var header = MemoryMarshal.Read<Header>(_data[_next..]); // at once: there is no hotter place
        int length = header.Length;
        _rawType = header.Type;
        if (length < HeaderSize)
            ThrowHelper.AttributeTooShort(_message, Type, _origin + _next, length);
        if (length > left)
            ThrowHelper.AttributeOverruns(_message, Type, _origin + _next, length, left);

        _valueOffset = _next + HeaderSize;
        _valueLength = length - HeaderSize;
        _next += NetlinkHeader.Align(length); // The last attribute's padding may be missing: left is then negative.
        return true;
    }

    /// <summary>The attributes nested in the current one.</summary>
    public readonly AttributeReader GetNested() => new(Value, _message, ValueOffset);

    /// <summary>The value as one byte.</summary>
    public readonly byte GetByte() => GetBytes(1)[0];

    /// <summary>The value as 16 bits in host byte order.</summary>
    public readonly ushort GetUInt16() => MemoryMarshal.Read<ushort>(GetBytes(2));

    /// <summary>The value as 16 bits in network byte order.</summary>
    public readonly ushort GetUInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(GetBytes(2));

    /// <summary>The value as 32 bits in host byte order.</summary>
    public readonly uint GetUInt32() => MemoryMarshal.Read<uint>(GetBytes(4));

    /// <summary>The value as 32 bits in network byte order.</summary>
    public readonly uint GetUInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(GetBytes(4));

    /// <summary>The value as 32 signed bits in host byte order.</summary>
    public readonly int GetInt32() => MemoryMarshal.Read<int>(GetBytes(4));

    /// <summary>The value as 32 signed bits in network byte order.</summary>
    public readonly int GetInt32BigEndian() => BinaryPrimitives.ReadInt32BigEndian(GetBytes(4));

    /// <summary>The value as 64 bits in host byte order.</summary>
    public readonly ulong GetUInt64() => MemoryMarshal.Read<ulong>(GetBytes(8));

    /// <summary>The value as 64 bits in network byte order.</summary>
    public readonly ulong GetUInt64BigEndian() => BinaryPrimitives.ReadUInt64BigEndian(GetBytes(8));

    /// <summary>The value, of exactly <paramref name="size"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ReadOnlySpan<byte> GetBytes(int size)
    {
        if (_valueLength != size)
            ThrowHelper.ValueSize(_message, Type, ValueOffset, size, _valueLength);
        return Value;
    }

    /// <summary>The value as the bytes of a string, up to its first NUL.</summary>
    public readonly ReadOnlySpan<byte> GetStringBytes()
    {
        var value = Value;
        var end = value.IndexOf((byte)0);
        return end < 0 ? value : value[..end];
    }

    /// <summary>
    /// The value as a string, one char for each byte (Latin-1): the kernel's names are bytes, not text, and must survive the way back.
    /// </summary>
    public readonly string GetString() => Encoding.Latin1.GetString(GetStringBytes());

    /// <summary>A fault in the current attribute's value.</summary>
    public readonly NetlinkFormatException Fault(string reason) => new(_message, Type, ValueOffset, reason);

    // struct nlattr (linux/netlink.h), in host byte order.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Header
    {
        public readonly ushort Length;
        public readonly ushort Type;
    }
}
