using Flowtabled.Engine.Config;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>Finds the l3 devices of the firewall's zones.</summary>
internal sealed class ZoneDevices
{
    private readonly NetworkDevices _networks;
    private readonly DeviceGraph _graph;
    private readonly Dictionary<string, L3Device> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeviceDecision> _withoutDevice = new(StringComparer.Ordinal);

    private ZoneDevices(NetworkDevices networks, DeviceGraph graph)
    {
        _networks = networks;
        _graph = graph;
    }

    /// <summary>The devices, by name.</summary>
    public List<L3Device> Devices => _devices.Values.Sorted(static (left, right) => string.CompareOrdinal(left.Name, right.Name));

    /// <summary>The decisions for what has no device: networks, and entries that name none.</summary>
    public List<DeviceDecision> WithoutDevice =>
        _withoutDevice.Values.Sorted(static (left, right) => string.CompareOrdinal(left.Networks[0], right.Networks[0]));

    /// <summary>Collects the devices of the zones that are <paramref name="enabled"/>, or of those that are not.</summary>
    public static ZoneDevices Collect(FirewallConfig firewall, NetworkDevices networks, DeviceGraph graph, bool enabled)
    {
        var found = new ZoneDevices(networks, graph);
        foreach (var zone in firewall.Zones.Where(zone => zone.Enabled == enabled))
        {
            foreach (var network in zone.Networks)
                found.AddNetwork(zone, network);
            foreach (var pattern in zone.Devices)
                found.AddPattern(zone, pattern);
        }

        return found;
    }

    private void AddNetwork(FirewallZone zone, string network)
    {
        if (_networks.Find(network) is not { } binding)
        {
            AddWithoutDevice(zone, network, Outcome.Waiting, ReasonCode.NoDevice, "the network has no device yet");
            return;
        }

        var device = Add(zone, binding.L3Device);
        device.Networks.Add(network);
        device.IsGuessed &= binding.Source == BindingSource.Guessed;
    }

    // fw4's device entries: a name, the beginning of names with '+' after it, or '*' for all.
    private void AddPattern(FirewallZone zone, string pattern)
    {
        if (pattern == "*")
        {
            AddWithoutDevice(zone, pattern, Outcome.Out, ReasonCode.Pattern, "stands for every device there is: name those that you mean");
            return;
        }

        if (!pattern.EndsWith('+'))
        {
            Add(zone, pattern).IsGuessed = false;
            return;
        }

        var matches = _graph.Devices.Where(device => device.Name.StartsWith(pattern[..^1], StringComparison.Ordinal));
        if (matches.Count == 0)
            AddWithoutDevice(zone, pattern, Outcome.Waiting, ReasonCode.NoDevice, "no device has a name like that yet");

        foreach (var device in matches)
            Add(zone, device.Name).IsGuessed = false;
    }

    private L3Device Add(FirewallZone zone, string name)
    {
        if (!_devices.TryGetValue(name, out var device))
            _devices[name] = device = new L3Device(name, _graph.Find(name));

        device.Zones.Add(zone.Name);
        return device;
    }

    private void AddWithoutDevice(FirewallZone zone, string entry, Outcome outcome, ReasonCode code, string reason) =>
        _withoutDevice[entry] = new DeviceDecision
        {
            Device = null,
            Outcome = outcome,
            Code = code,
            Reason = reason,
            Networks = [entry],
            Zones = [zone.Name],
        };
}
