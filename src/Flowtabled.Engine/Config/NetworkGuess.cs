using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>Works out l3 devices from /etc/config/network alone, for when neither netifd nor fw4 can be asked.</summary>
public static class NetworkGuess
{
    /// <summary>Names the l3 device of each network that has one and is not disabled.</summary>
    public static NetworkDevices From(NetworkConfig config)
    {
        var bindings = ImmutableArray.CreateBuilder<NetworkBinding>();
        foreach (var network in config.Interfaces)
        {
            if (!network.Disabled && Resolve(network, config).Device is { } device)
                bindings.Add(new(network.Name, device, BindingSource.Guessed));
        }

        return new(bindings.ToImmutable());
    }

    /// <summary>Why the network's alias (<c>@other</c>) leads nowhere; null when it is fine or no alias.</summary>
    internal static string? AliasComplaint(NetworkInterface network, NetworkConfig config) => Resolve(network, config).Complaint;

    private static (string? Device, string? Complaint) Resolve(NetworkInterface network, NetworkConfig config)
    {
        var path = new List<string>();
        var current = network;
        while (true)
        {
            path.Add(current.Name);
            if (L3Device(current) is not ['@', .. var target] device)
                return (L3Device(current), null);
            if (path.Contains(target))
                return (null, $"{UciOption.Quote(device)} leads back to itself ({string.Join(" -> ", path)} -> {target}): no device");
            if (config.Interfaces.FirstOrDefault(other => other.Name == target) is not { Disabled: false } next)
                return (null, $"{UciOption.Quote(device)} is no network, or a disabled one: no device");
            current = next;
        }
    }

    // The names that the protocol handlers give (OpenWrt, the proto scripts in /lib/netifd/proto).
    internal static string? L3Device(NetworkInterface network) => network.Proto switch
    {
        "pppoe" or "pppoa" or "ppp" or "3g" or "pptp" or "l2tp"
            or "6in4" or "6to4" or "6rd" or "map" or "ipip" or "ipip6" or "vti" or "vti6" => $"{network.Proto}-{network.Name}",
        "464xlat" => "464-" + network.Name,
        "dslite" => "ds-" + network.Name,
        "gre" => "gre4-" + network.Name,
        "gretap" => "gre4t-" + network.Name,
        "grev6" => "gre6-" + network.Name,
        "grev6tap" => "gre6t-" + network.Name,
        "openconnect" => "vpn-" + network.Name,
        "bonding" => "bond-" + network.Name,
        "wireguard" or "amneziawg" or "vxlan" or "vxlan6" or "xfrm" => network.Name,
        "unet" => network.Device ?? network.Name,
        // Only the modem's driver knows; 'relay' has no device of its own.
        "qmi" or "mbim" or "ncm" or "directip" or "wwan" or "modemmanager" or "relay" => null,
        _ => network.Device,
    };
}
