using System.Collections.Immutable;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>The decisions of one round, one for each device.</summary>
internal sealed class DeviceDecisions(Exclusions exclusions)
{
    private readonly Dictionary<string, DeviceDecision> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hooked = new(StringComparer.Ordinal);

    /// <summary>The decisions, by name.</summary>
    public List<DeviceDecision> All => _byName.Values.Sorted(static (left, right) => string.CompareOrdinal(left.Device, right.Device));

    /// <summary>The devices that are to be in the flowtable, sorted.</summary>
    public ImmutableArray<string> Hooked => [.. _hooked.Sorted()];

    /// <summary>Adds a decision, unless the device has one.</summary>
    public void Add(DeviceDecision decision) => _byName.TryAdd(
        decision.Device!, decision.Code == ReasonCode.Excluded ? decision with { ExcludedBy = exclusions.Who(decision.Device!) } : decision);

    /// <summary>Adds what became of the l3 devices, and the devices that are in the flowtable for them.</summary>
    public void Add(List<Placement> placements)
    {
        var carried = new Dictionary<Device, List<string>>();
        var passed = new List<DeviceDecision>();
        foreach (var placement in placements)
        {
            var hooks = placement.Hooks.Where(hook => exclusions.Reason(hook.Name) is null);
            Add(Decide(placement, hooks));
            if (hooks.Count > 0 && !placement.IsSelf)
                passed.AddRange(placement.Path.Stack.Where(device => device != placement.Device && !hooks.Contains(device)).Select(device => Passed(device, placement)));
            foreach (var hook in hooks)
            {
                _hooked.Add(hook.Name);
                if (hook == placement.Device)
                    continue;

                if (!carried.TryGetValue(hook, out var l3))
                    carried[hook] = l3 = [];
                l3.Add(placement.Device.ToString());
            }
        }

        foreach (var decision in passed)
            Add(decision);
        foreach (var (device, l3) in carried)
            AddCarrier(device, string.Join(", ", l3));
    }

    /// <summary>Adds the excluded devices that are no l3 devices of a zone.</summary>
    public void AddExcluded(DeviceGraph graph)
    {
        foreach (var name in exclusions.Names)
        {
            var device = new L3Device(name, graph.Find(name)) { IsGuessed = false };
            Add(device.Decide(Outcome.Out, ReasonCode.Excluded, exclusions.Reason(name)!));
        }
    }

    /// <summary>Adds the devices that are only in zones with <c>enabled 0</c>.</summary>
    public void AddDisabled(ZoneDevices disabled)
    {
        foreach (var l3 in disabled.Devices)
            Add(l3.Decide(Outcome.Out, ReasonCode.ZoneDisabled, $"its zone {string.Join(", ", l3.Zones.Sorted())} is disabled"));
    }

    private static DeviceDecision Decide(Placement placement, List<Device> hooks)
    {
        if (hooks.Count == 0 && !placement.Hooks.IsEmpty)
            return placement.L3.Decide(Outcome.Out, ReasonCode.Excluded, "option exclude is set for every device that it could be taken at");

        var outcome = placement.IsSelf ? Outcome.In : hooks.Count > 0 ? Outcome.Moved : Outcome.Out;
        var decision = placement.L3.Decide(outcome, placement.Code, placement.Reason + Down(placement.Device));
        return decision with
        {
            HookedAt = outcome == Outcome.Moved ? [.. hooks.Select(static hook => hook.Name)] : [],
            Hardware = outcome == Outcome.Out ? null : placement.Hardware,
        };
    }

    private static DeviceDecision Passed(Device device, Placement placement) => new L3Device(device.Name, device) { IsGuessed = false }.Decide(
        Outcome.Out, ReasonCode.Passed, $"packets of {placement.Device} are taken below it");

    private void AddCarrier(Device device, string carried)
    {
        var reason = $"carries {carried}";
        if (!_byName.TryGetValue(device.Name, out var own))
            own = new L3Device(device.Name, device) { IsGuessed = false }.Decide(Outcome.Out, ReasonCode.Carries, "");

        _byName[device.Name] = own.Outcome == Outcome.In
            ? own with { Reason = $"{own.Reason}; {reason}" }
            : own with { Outcome = Outcome.In, Code = ReasonCode.Carries, Reason = reason + Down(device) };
    }

    private static string Down(Device device) => device.IsUp ? "" : " (it is down)";
}
