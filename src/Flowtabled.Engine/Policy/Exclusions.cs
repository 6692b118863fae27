using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>
/// The devices that the user excluded. The forward hook sees l3 devices only, so a device below takes those above it along; what it
/// cannot take along is a bridge of which it is one port among others.
/// </summary>
internal sealed class Exclusions
{
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public Exclusions(ImmutableArray<DeviceRule> rules, DeviceGraph graph, List<Finding> findings)
    {
        foreach (var rule in rules.Where(static rule => rule.Exclude))
        {
            _reasons[rule.Name] = rule.ExcludedBy is { } owner ? $"{UciOption.Quote(owner)} excludes it" : "option exclude is set for it";
            var name = rule.ExcludedBy ?? $"device {DeviceName.Display(rule.Name)}";
            _names[rule.Name] = name;
            if (graph.Find(rule.Name) is not { } excluded)
                continue;

            foreach (var device in graph.Devices.Where(device => ForwardPath.Walk(graph, device).Stack.Contains(excluded)))
            {
                _reasons.TryAdd(device.Name, $"it stands on {DeviceName.Display(rule.Name)}, for which option exclude is set");
                _names.TryAdd(device.Name, name);
            }

            if (excluded.MasterIndex is { } master && graph.Find(master) is { Kind: DeviceKind.Bridge } bridge)
                findings.Add(BridgePort(DeviceName.Display(rule.Name), bridge.ToString()));
        }
    }

    /// <summary>The names, sorted: also of devices that are not there (yet).</summary>
    public ImmutableArray<string> Names => [.. _reasons.Keys.Sorted()];

    /// <summary>Why <paramref name="device"/> is excluded; <see langword="null"/> when it is not.</summary>
    public string? Reason(string device) => _reasons.GetValueOrDefault(device);

    /// <summary>Whose exclusion of <paramref name="device"/> it is; <see langword="null"/> when it is not excluded.</summary>
    public string? Who(string device) => _names.GetValueOrDefault(device);

    private static Finding BridgePort(string port, string bridge) => new(
        FindingSeverity.Warning,
        "excluded_bridge_port",
        $"option exclude has no effect on a port of a bridge: forwarded packets show {bridge}, not the port; exclude {bridge}, or give "
        + "the port a network of its own",
        port);
}
