using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Values as registers, set keys and comparisons hold them.</summary>
public static class NftValue
{
    /// <summary>IFNAMSIZ (linux/if.h): bytes of a device's name with its NUL.</summary>
    public const int InterfaceNameSize = 16;

    /// <summary>The name of a device: 16 bytes, NULs after the name.</summary>
    /// <exception cref="ArgumentException">No name of a device: empty, longer than 15, or with a char that is no byte.</exception>
    public static ValueArray<byte> InterfaceName(string name)
    {
        if (name.Length is 0 or >= InterfaceNameSize || name.AsSpan().ContainsAnyExceptInRange('\u0001', '\u00ff'))
            throw new ArgumentException($"\"{name}\" is no name of a device: those have 1 to 15 bytes", nameof(name));
        var value = new byte[InterfaceNameSize];
        Encoding.Latin1.GetBytes(name, value);
        return new ValueArray<byte>(value);
    }

    /// <summary>The name of a device that <paramref name="value"/> holds, or null when it holds none.</summary>
    public static string? ToInterfaceName(ValueArray<byte> value)
    {
        var end = value.Span.IndexOf((byte)0);
        return value.Count == InterfaceNameSize && end > 0 && !value.Span[end..].ContainsAnyExcept((byte)0)
            ? Encoding.Latin1.GetString(value.Span[..end])
            : null;
    }

    /// <summary>32 bits in host byte order: a mark, ct state, an interface index.</summary>
    public static ValueArray<byte> Host(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        MemoryMarshal.Write(bytes, in value);
        return new ValueArray<byte>(bytes);
    }

    /// <summary>16 bits in network byte order: a port, an Ethernet type.</summary>
    public static ValueArray<byte> Network(ushort value)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return new ValueArray<byte>(bytes);
    }
}
