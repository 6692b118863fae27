using System.Buffers.Text;
using System.Collections.Immutable;
using Flowtabled.Engine.Health;

namespace Flowtabled.Kernel;

/// <summary>Reads the packet counters of ports (/sys/class/net/NAME/statistics; Documentation/ABI/testing/sysfs-class-net-statistics).</summary>
/// <param name="directory">Where the devices are.</param>
internal sealed class PortCounters(string directory = "/sys/class/net")
{
    /// <summary>The sum over ports; null when one of them does not tell.</summary>
    public PortTraffic? Sum(ImmutableArray<string> ports)
    {
        var (received, sent) = (0UL, 0UL);
        foreach (var port in ports)
        {
            if (Read(port, "rx_packets") is not { } input || Read(port, "tx_packets") is not { } output)
                return null;
            (received, sent) = (received + input, sent + output);
        }

        return new PortTraffic(received, sent);
    }

    private ulong? Read(string port, string counter)
    {
        try
        {
            // Not File.ReadAllBytes: sysfs says that each of its files has 4096 bytes, and that misses the others.
            using var file = File.OpenHandle(Path.Combine(directory, port, "statistics", counter));
            Span<byte> text = stackalloc byte[32];
            var length = RandomAccess.Read(file, text, 0);
            return Utf8Parser.TryParse(text[..length], out ulong value, out _) ? value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // The device is going.
        }
    }
}
