using System.Buffers.Binary;
using System.Net;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink;

/// <summary>An IPv4 or IPv6 address by value: System.Net.IPAddress would be an object for each end of each connection.</summary>
public readonly record struct InetAddress
{
    private readonly ulong _high; // as two numbers it needs 24 bytes, as a UInt128 32
    private readonly ulong _low;

    private InetAddress(ulong high, ulong low, bool isV6)
    {
        _high = high;
        _low = low;
        IsV6 = isV6;
    }

    /// <summary>Whether it has 16 bytes; else it has 4.</summary>
    public bool IsV6 { get; }

    /// <summary>Bytes on the wire.</summary>
    public int Size => IsV6 ? 16 : 4;

    /// <summary>The address in 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">It has any other number of bytes.</exception>
    public static InetAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => new InetAddress(0, BinaryPrimitives.ReadUInt32BigEndian(bytes), false),
        16 => new InetAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), true),
        _ => throw new ArgumentException($"an IP address has 4 or 16 bytes, not {bytes.Length}"),
    };

    /// <summary>The address that a text is; null for anything else. Of what IPAddress takes, "10.1", "fe80::1%lan" and "[::1]:80" are something else.</summary>
    public static InetAddress? TryParse(string text)
    {
        if (text.AsSpan().ContainsAny('%', '[') || !IPAddress.TryParse(text, out var address))
            return null;
        var parsed = FromBytes(address.GetAddressBytes());
        return parsed.IsV6 || parsed.ToString() == text ? parsed : null;
    }

    /// <summary>Writes its <see cref="Size"/> bytes in network order.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        if (!IsV6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_low);
            return;
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
    }

    /// <summary>AF_INET or AF_INET6 (sys/socket.h), which are NFPROTO_IPV4 and NFPROTO_IPV6 too.</summary>
    internal byte Family => (byte)(IsV6 ? Netfilter.NFPROTO_IPV6 : Netfilter.NFPROTO_IPV4);

    /// <summary>Writes it as the value of an attribute.</summary>
    internal void Write(MessageWriter writer, int type)
    {
        Span<byte> bytes = stackalloc byte[16];
        CopyTo(bytes);
        writer.WriteBytes((ushort)type, bytes[..Size]);
    }

    /// <summary>The usual text: "192.0.2.1", "2001:db8::1".</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        CopyTo(bytes);
        return new IPAddress(bytes[..Size]).ToString();
    }
}
