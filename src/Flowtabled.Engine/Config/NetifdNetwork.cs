namespace Flowtabled.Engine.Config;

/// <summary>A network as netifd has it (netifd, ubus.c).</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsUp">Whether it is up.</param>
/// <param name="Proto">Its protocol handler.</param>
/// <param name="L3Device">Its l3 device; null while it is down.</param>
/// <param name="Device">The device below; null for handlers that need none: WireGuard, tunnels.</param>
public sealed record NetifdNetwork(string Name, bool IsUp, string Proto, string? L3Device, string? Device)
{
    /// <summary>
    /// Its l3 device; null when it has none, or nobody knows. Of a network that is down netifd tells the device below only, and whether that will
    /// be the l3 device depends on its handler.
    /// </summary>
    public NetworkBinding? Binding
    {
        get
        {
            if (IsUp)
                return (L3Device ?? Device) is { } device ? new NetworkBinding(Name, device, BindingSource.Ubus) : null;
            return NetworkGuess.L3Device(new NetworkInterface(Name, Proto, Device, Disabled: false)) is { } guess
                ? new NetworkBinding(Name, guess, guess == Device ? BindingSource.Ubus : BindingSource.Guessed)
                : null;
        }
    }

    /// <summary>The l3 devices of those that have one.</summary>
    public static NetworkDevices Bind(IEnumerable<NetifdNetwork> networks) =>
        new([.. networks.Select(static network => network.Binding!).Where(static binding => binding is not null)]);
}
