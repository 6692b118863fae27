using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flowtabled.Netlink;

/// <summary>Walks the messages of one datagram, without allocating.</summary>
public ref struct MessageReader(ReadOnlySpan<byte> datagram)
{
    private readonly ReadOnlySpan<byte> _datagram = datagram;
    private int _next;
    private int _start;

    /// <summary>The current message's header.</summary>
    public NetlinkHeader Header { get; private set; }

    /// <summary>The current message, header included.</summary>
    public readonly ReadOnlySpan<byte> Message => _datagram.Slice(_start, (int)Header.Length);

    /// <summary>What follows the current message's header.</summary>
    public readonly ReadOnlySpan<byte> Payload => Message[NetlinkHeader.Size..];

    /// <summary>Moves to the next message; false at the end of the datagram.</summary>
    /// <exception cref="NetlinkFormatException">A header is cut, or its length is below 16 or overruns the datagram.</exception>
    public bool Read()
    {
        var left = _datagram.Length - _next;
        if (left <= 0)
            return false;
        if (left < NetlinkHeader.Size)
            ThrowHelper.MessageTooShort(0, _next, NetlinkHeader.Size, left);

        var header = MemoryMarshal.Read<NetlinkHeader>(_datagram[_next..]);
        if (header.Length < NetlinkHeader.Size)
            ThrowHelper.MessageTooShort(header.Type, _next, NetlinkHeader.Size, (int)header.Length);
        if (header.Length > left)
            ThrowHelper.MessageTooShort(header.Type, _next, (int)Math.Min(header.Length, int.MaxValue), left);

        Header = header;
        _start = _next;
        _next += NetlinkHeader.Align((int)header.Length);
        return true;
    }

    /// <summary>The current message's fixed header of type <typeparamref name="T"/> (nfgenmsg, ifinfomsg), host byte order.</summary>
    /// <exception cref="NetlinkFormatException">The message is shorter.</exception>
    public readonly T Fixed<T>() where T : unmanaged
    {
        var payload = Payload;
        var size = Unsafe.SizeOf<T>();
        if (payload.Length < size)
            ThrowHelper.MessageTooShort(Header.Type, NetlinkHeader.Size, size, payload.Length);
        return MemoryMarshal.Read<T>(payload);
    }

    /// <summary>The attributes after a fixed header of <paramref name="fixedSize"/> bytes.</summary>
    /// <exception cref="NetlinkFormatException">The message is shorter.</exception>
    public readonly AttributeReader Attributes(int fixedSize)
    {
        var payload = Payload;
        if (payload.Length < fixedSize)
            ThrowHelper.MessageTooShort(Header.Type, NetlinkHeader.Size, fixedSize, payload.Length);
        var start = Math.Min(NetlinkHeader.Align(fixedSize), payload.Length);
        return new AttributeReader(payload[start..], Header.Type, NetlinkHeader.Size + start);
    }
}
