using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>A number that stands for a connection's addresses, protocol, ports and zone, and outlives its entry.</summary>
internal static class ConnectionKey
{
    private const ulong Basis = 14695981039346656037;

    /// <summary>FNV-1a over what identifies a direction (http://www.isthe.com/chongo/tech/comp/fnv).</summary>
    public static ulong Of(in ConntrackTuple tuple)
    {
        Span<byte> bytes = stackalloc byte[16];
        var key = Basis;
        tuple.Source.CopyTo(bytes);
        Add(bytes[..tuple.Source.Size], ref key);
        tuple.Destination.CopyTo(bytes);
        Add(bytes[..tuple.Destination.Size], ref key);
        bytes[0] = tuple.Protocol;
        BitConverter.TryWriteBytes(bytes[1..], tuple.SourcePort);
        BitConverter.TryWriteBytes(bytes[3..], tuple.DestinationPort);
        BitConverter.TryWriteBytes(bytes[5..], tuple.Zone);
        Add(bytes[..7], ref key);
        return key;
    }

    /// <summary>The same over an address alone.</summary>
    public static ulong Of(InetAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        var key = Basis;
        address.CopyTo(bytes);
        Add(bytes[..address.Size], ref key);
        return key;
    }

    private static void Add(ReadOnlySpan<byte> bytes, ref ulong key)
    {
        foreach (var one in bytes)
            key = (key ^ one) * 1099511628211;
    }
}
