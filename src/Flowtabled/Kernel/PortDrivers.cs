using System.Collections.Immutable;
using Flowtabled.Engine.Topology;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Ethtool;

namespace Flowtabled.Kernel;

/// <summary>Asks which driver each port has.</summary>
internal sealed class PortDrivers : IDisposable
{
    private EthtoolClient? _ethtool;

    /// <summary>Each port that a chip can have, a blank, and its driver. A veth has no chip, and containers' come and go under ever new names.</summary>
    /// <exception cref="NetlinkException">No descriptor is left.</exception>
    public ImmutableArray<string> Read(ImmutableArray<string> ports, DeviceGraph devices)
    {
        _ethtool ??= EthtoolClient.OpenIoctl();
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var port in ports)
        {
            if (devices.Find(port) is { Kind: not DeviceKind.Veth } && Driver(_ethtool, port) is { } driver)
                found.Add($"{port} {driver}");
        }

        return found.ToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose() => _ethtool?.Dispose();

    private static string? Driver(EthtoolClient ethtool, string port)
    {
        try
        {
            return ethtool.GetDriver(port) ?? "-";
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENODEV)
        {
            return null; // It has gone meanwhile.
        }
    }
}
