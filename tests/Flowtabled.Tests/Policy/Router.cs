using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Policy;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Policy;

/// <summary>A router's configuration, one zone for each network, over a <see cref="Net"/>.</summary>
internal sealed class Router(Net net)
{
    private readonly List<FirewallZone> _zones = [];
    private readonly List<NetworkBinding> _bindings = [];
    private readonly List<DeviceRule> _rules = [];

    public FirewallConfig Firewall { get; set; } = new(FlowOffloading: true, FlowOffloadingHw: false, []);

    public FlowtabledConfig Config { get; set; } = new(Enabled: true, OffloadMode.Manage, Counter: true, LogVerbosity.Info, []);

    public KernelFeatures Features { get; set; } = new(PersistentTables: true);

    public HardwareCapabilities Hardware { get; set; } = HardwareCapabilities.NotAsked;

    public bool IsFirewallStopped { get; set; }

    public Router Network(string name, string? device, bool enabled = true, BindingSource source = BindingSource.Ubus)
    {
        _zones.Add(new FirewallZone(name, enabled, [name], [], []));
        if (device is not null)
            _bindings.Add(new NetworkBinding(name, device, source));
        return this;
    }

    public Router ZoneDevice(string zone, string pattern)
    {
        _zones.Add(new FirewallZone(zone, true, [], [pattern], []));
        return this;
    }

    public Router Exclude(string device)
    {
        _rules.Add(new DeviceRule(device, Exclude: true, DeviceLevel.Auto));
        return this;
    }

    public Router Level(string device, DeviceLevel level)
    {
        _rules.Add(new DeviceRule(device, Exclude: false, level));
        return this;
    }

    public Router Hw(string device)
    {
        _rules.Add(new DeviceRule(device, Exclude: false, DeviceLevel.Auto, DeviceHardware.Off));
        return this;
    }

    public Decision Decide() => OffloadPolicy.Decide(
        Firewall with { Zones = [.. _zones] },
        Config with { Devices = [.. _rules] },
        new NetworkDevices([.. _bindings]),
        net.Graph,
        Features,
        Hardware,
        IsFirewallStopped);

    public ImmutableArray<string> HardwareCandidates() => OffloadPolicy.HardwareCandidates(
        Firewall with { Zones = [.. _zones] }, Config with { Devices = [.. _rules] }, new NetworkDevices([.. _bindings]), net.Graph);

    /// <summary>The devices of the flowtable.</summary>
    public ImmutableArray<string> Hooked() => Decide().State.Table!.Flowtable.Devices;

    public DeviceDecision this[string device] => Decide().Devices.Single(decision => decision.Device == device);
}
