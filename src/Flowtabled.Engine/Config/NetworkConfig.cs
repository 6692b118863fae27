using System.Collections.Immutable;
using System.Globalization;
using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Config;

/// <summary>What we take from /etc/config/network, read as netifd reads it (netifd, config.c).</summary>
/// <param name="Interfaces">The networks, in the file's order, the disabled ones too.</param>
/// <param name="Devices">The devices that the file describes, the bridges that old files have within a network among them.</param>
public sealed record NetworkConfig(ImmutableArray<NetworkInterface> Interfaces, ImmutableArray<NetworkDevice> Devices)
{
    /// <summary>Reads the package.</summary>
    /// <param name="package">The network package; null when there is no such file.</param>
    public static (NetworkConfig Config, ImmutableArray<ConfigFinding> Findings) Read(UciPackage? package)
    {
        if (package is null)
            return (new([], []), []);

        var findings = new FindingCollector(package);
        var interfaces = ImmutableArray.CreateBuilder<NetworkInterface>();
        var devices = ImmutableArray.CreateBuilder<NetworkDevice>();
        foreach (var section in package.Sections)
        {
            if (section.Type == "interface")
                interfaces.Add(ReadInterface(section, devices, findings));
            else if (section.Type == "device" && ReadDevice(section, findings) is { } device)
                devices.Add(device);
        }

        var config = new NetworkConfig(interfaces.ToImmutable(), devices.ToImmutable());
        foreach (var network in config.Interfaces)
        {
            if (!network.Disabled && NetworkGuess.AliasComplaint(network, config) is { } complaint)
            {
                var section = package.FindSection(network.Name)!;
                findings.Add(FindingSeverity.Warning, section, DeviceOption(section)!, complaint);
            }
        }

        return (config, findings.ToImmutable());
    }

    /// <summary>The device that the PPPoE network behind <paramref name="l3Device"/> (<c>pppoe-wan</c>) is told to run over; null when there is none.</summary>
    public string? PppoeDevice(string l3Device) =>
        Interfaces.FirstOrDefault(network => network.Proto == "pppoe" && l3Device == $"pppoe-{network.Name}")?.Device;

    private static NetworkInterface ReadInterface(
        UciSection section, ImmutableArray<NetworkDevice>.Builder devices, FindingCollector findings)
    {
        var device = Text(section, DeviceOption(section), findings);
        if (Text(section, section.FindOption("type"), findings) == "bridge")
        {
            device = "br-" + section.Name;
            devices.Add(new(device, "bridge", BridgePorts(section), null, null));
        }

        var proto = Text(section, section.FindOption("proto"), findings) ?? "none";
        var disabled = Text(section, section.FindOption("disabled"), findings) is "1" or "true";
        return new(section.Name, proto, device, disabled);
    }

    private static NetworkDevice? ReadDevice(UciSection section, FindingCollector findings)
    {
        if (Text(section, section.FindOption("name"), findings) is not { } name)
        {
            findings.Add(FindingSeverity.Warning, section, null, "has no name: netifd skips the device; so do we");
            return null;
        }

        var type = Text(section, section.FindOption("type"), findings) ?? "";
        return type == "bridge"
            ? new(name, type, BridgePorts(section), null, null)
            : new(
                name,
                type,
                section.FindOption("ports")?.Words ?? [],
                Text(section, section.FindOption("ifname"), findings),
                ReadVlanId(section, findings));
    }

    private static int? ReadVlanId(UciSection section, FindingCollector findings)
    {
        var option = section.FindOption("vid");
        if (option is null || Text(section, option, findings) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and < 4095)
            return id;
        findings.Add(FindingSeverity.Warning, section, option, $"{UciOption.Quote(text)} is no VLAN id: 1 to 4094");
        return null;
    }

    // Before there were device sections, 'ifname' named the ports.
    private static ImmutableArray<string> BridgePorts(UciSection section) =>
        (section.FindOption("ports") ?? section.FindOption("ifname"))?.Words ?? [];

    private static UciOption? DeviceOption(UciSection section) => section.FindOption("device") ?? section.FindOption("ifname");

    // uci blob.c: a list where one value belongs is as good as nothing.
    private static string? Text(UciSection section, UciOption? option, FindingCollector findings)
    {
        if (option is not { IsList: true })
            return option?.Value;
        findings.Add(
            FindingSeverity.Warning, section, option, "must be an option, not a list: netifd does not see it; neither do we");
        return null;
    }
}
