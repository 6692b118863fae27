using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink;

/// <summary>
/// Appends messages and attributes to a <see cref="MessageBuffer"/>. What has a length of its own (a message, a nest) is begun and ended;
/// the token from the beginning patches the length at the end. Byte order is in the method's name.
/// </summary>
public readonly ref struct MessageWriter(MessageBuffer buffer)
{
    private const int AttributeHeaderSize = 4;

    private readonly MessageBuffer _buffer = buffer;

    /// <summary>Bytes written so far, earlier messages included.</summary>
    internal int Length => _buffer.Length;

    /// <summary>A message that was begun.</summary>
    public readonly ref struct Message(int start)
    {
        internal int Start => start;
    }

    /// <summary>An attribute that was begun and will hold others.</summary>
    public readonly ref struct Nest(ushort type, int start)
    {
        internal ushort Type => type;
        internal int Start => start;
    }

    /// <summary>Begins a message: its header (port 0), followed by the protocol's fixed header.</summary>
    public Message Begin<T>(ushort type, ushort flags, uint sequence, scoped in T fixedHeader) where T : unmanaged
    {
        var start = _buffer.Length;
        MemoryMarshal.Write(_buffer.Append(NetlinkHeader.Size), new NetlinkHeader(0, type, flags, sequence, 0));
        var size = Unsafe.SizeOf<T>();
        MemoryMarshal.Write(_buffer.Append(NetlinkHeader.Align(size)), in fixedHeader);
        return new Message(start);
    }

    /// <summary>Ends a message: sets its length.</summary>
    public void End(Message message) =>
        MemoryMarshal.Write(_buffer.At(message.Start, 4), (uint)(_buffer.Length - message.Start));

    /// <summary>
    /// Says what the next attribute is, for people: the kernel points at a refused attribute by its offset (NLMSGERR_ATTR_OFFS), and
    /// <see cref="MessageBuffer.PlaceAt"/> finds these words again.
    /// </summary>
    /// <param name="kind">What kind of thing: "device".</param>
    /// <param name="name">Its name: "eth9".</param>
    public void Mark(string kind, string name) => _buffer.Mark(kind, name);

    /// <summary>Begins a nest with NLA_F_NESTED set.</summary>
    public Nest BeginNest(ushort type)
    {
        var start = _buffer.Length;
        WriteHeader(type, NetlinkUapi.NLA_F_NESTED, 0);
        return new Nest(type, start);
    }

    /// <summary>Ends a nest: sets its length.</summary>
    /// <exception cref="ArgumentException">It holds more than 65,535 bytes.</exception>
    public void EndNest(Nest nest)
    {
        var length = _buffer.Length - nest.Start;
        if (length > ushort.MaxValue)
            ThrowHelper.AttributeTooLong(nest.Type, length);
        MemoryMarshal.Write(_buffer.At(nest.Start, 2), (ushort)length);
    }

    /// <summary>An attribute without a value.</summary>
    public void WriteFlag(ushort type) => WriteHeader(type, 0, 0);

    /// <summary>One byte.</summary>
    public void WriteByte(ushort type, byte value) => Value(type, 1)[0] = value;

    /// <summary>16 bits, host byte order.</summary>
    public void WriteUInt16(ushort type, ushort value) => MemoryMarshal.Write(Value(type, 2), in value);

    /// <summary>16 bits, network byte order.</summary>
    public void WriteUInt16BigEndian(ushort type, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Value(type, 2), value);

    /// <summary>32 bits, host byte order.</summary>
    public void WriteUInt32(ushort type, uint value) => MemoryMarshal.Write(Value(type, 4), in value);

    /// <summary>32 bits, network byte order.</summary>
    public void WriteUInt32BigEndian(ushort type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Value(type, 4), value);

    /// <summary>32 signed bits, network byte order.</summary>
    public void WriteInt32BigEndian(ushort type, int value) => BinaryPrimitives.WriteInt32BigEndian(Value(type, 4), value);

    /// <summary>64 bits, network byte order.</summary>
    public void WriteUInt64BigEndian(ushort type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Value(type, 8), value);

    /// <summary>Bytes as they are.</summary>
    public void WriteBytes(ushort type, ReadOnlySpan<byte> value) => value.CopyTo(Value(type, value.Length));

    /// <summary>
    /// A string with its terminating NUL, one byte for each char (Latin-1, as <see cref="AttributeReader.GetString"/> reads it).
    /// </summary>
    /// <exception cref="ArgumentException">It has a char above U+00FF, or a NUL.</exception>
    public void WriteString(ushort type, ReadOnlySpan<char> value)
    {
        if (value.ContainsAnyExceptInRange('\u0001', '\u00ff'))
            throw new ArgumentException($"attribute {type}: a kernel string is bytes 0x01 to 0xff");
        Encoding.Latin1.GetBytes(value, Value(type, value.Length + 1));
    }

    /// <summary>Attributes as they are, headers and all.</summary>
    internal void WriteRaw(ReadOnlySpan<byte> attributes) => attributes.CopyTo(_buffer.Append(NetlinkHeader.Align(attributes.Length)));

    private Span<byte> Value(ushort type, int size)
    {
        if (size > ushort.MaxValue - AttributeHeaderSize)
            ThrowHelper.AttributeTooLong(type, AttributeHeaderSize + size);
        WriteHeader(type, 0, size);
        return _buffer.Append(NetlinkHeader.Align(size))[..size];
    }

    private void WriteHeader(ushort type, ushort flags, int size)
    {
        var header = _buffer.Append(AttributeHeaderSize);
        MemoryMarshal.Write(header, (ushort)(AttributeHeaderSize + size));
        MemoryMarshal.Write(header[2..], (ushort)(type | flags));
    }
}
