using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Ethtool;

/// <summary>What drivers say of their devices. Not for use by two threads at once.</summary>
public sealed class EthtoolClient : IDisposable
{
    /// <summary>
    /// The feature (NETIF_F_HW_TC) without which a driver is not asked to take flows into hardware. A hint, no more: a DSA switch's ports have it
    /// always, and drivers have it that refuse flowtables.
    /// </summary>
    public const string HardwareTrafficControl = "hw-tc-offload";

    private readonly NetlinkConnection _connection;
    private readonly EthtoolIoctl _ioctl;
    private readonly ushort? _family;

    private EthtoolClient(NetlinkSocket socket, bool netlink)
    {
        _connection = new NetlinkConnection(socket);
        _ioctl = new EthtoolIoctl(socket.Descriptor);
        try
        {
            _family = netlink ? GenericFamily.Find(_connection, EthtoolUapi.ETHTOOL_GENL_NAME) : null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Opens a socket for the current network namespace.</summary>
    /// <param name="trace">Sees each datagram, or null.</param>
    /// <exception cref="NetlinkException">No descriptor is left, or the kernel does not answer.</exception>
    public static EthtoolClient Open(NetlinkTrace? trace = null) => new(OpenSocket(trace), netlink: true);

    /// <summary>The same without CONFIG_ETHTOOL_NETLINK: for a kernel that has none, and where only drivers are asked for.</summary>
    /// <exception cref="NetlinkException">No descriptor is left.</exception>
    public static EthtoolClient OpenIoctl() => new(OpenSocket(null), netlink: false);

    /// <summary>The state of a feature of a device, or null: this kernel has no feature of that name.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="feature">The feature's name, as ethtool -k prints it: <see cref="HardwareTrafficControl"/>.</param>
    /// <exception cref="NetlinkException">No such device (ENODEV), or the kernel does not answer.</exception>
    /// <exception cref="NetlinkFormatException">The answer is malformed.</exception>
    public FeatureState? GetFeature(string device, string feature)
    {
        if (_family is not { } family)
            return _ioctl.GetFeature(device, feature);

        var writer = _connection.Start(
            family,
            0,
            new GenericMessage(EthtoolUapi.ETHTOOL_MSG_FEATURES_GET, EthtoolUapi.ETHTOOL_GENL_VERSION));
        var header = writer.BeginNest(EthtoolUapi.ETHTOOL_A_FEATURES_HEADER);
        writer.WriteString(EthtoolUapi.ETHTOOL_A_HEADER_DEV_NAME, device);
        writer.EndNest(header);
        var reply = new FeatureReply(family, feature);
        _connection.Query($"get feature {feature} of {device}", ref reply);
        return reply.State;
    }

    /// <summary>The name of a device's driver ("mtk_soc_eth", "veth"), or null where there is none to tell (loopback).</summary>
    /// <param name="device">The device's name.</param>
    /// <exception cref="NetlinkException">No such device (ENODEV).</exception>
    public string? GetDriver(string device) => _ioctl.GetDriver(device);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static NetlinkSocket OpenSocket(NetlinkTrace? trace) => new(NetlinkUapi.NETLINK_GENERIC) { Trace = trace };
}
