namespace Flowtabled.Netlink.Route;

/// <summary>A 48-bit Ethernet address.</summary>
/// <param name="Value">Its six bytes, the first one on the wire highest.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 6;

    /// <summary>The address as ip prints it: "02:00:5e:10:00:01".</summary>
    public override string ToString() =>
        $"{(byte)(Value >> 40):x2}:{(byte)(Value >> 32):x2}:{(byte)(Value >> 24):x2}:{(byte)(Value >> 16):x2}:{(byte)(Value >> 8):x2}:{(byte)Value:x2}";

    /// <summary>The address in six bytes; null for any other number of them (a tunnel's, InfiniBand's).</summary>
    internal static MacAddress? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            return null;
        ulong value = 0;
        foreach (var b in bytes)
            value = (value << 8) | b;
        return new MacAddress(value);
    }
}
