using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>Decides what the kernel should have: which devices are in the flowtable, at which level, and what stays out.</summary>
public static class OffloadPolicy
{
    /// <summary>Decides. Nothing in the parameters can make it fail: what cannot be done becomes a decision or a finding.</summary>
    /// <param name="firewall">/etc/config/firewall.</param>
    /// <param name="config">/etc/config/flowtabled.</param>
    /// <param name="networks">Which devices the networks have.</param>
    /// <param name="graph">The devices as they are.</param>
    /// <param name="features">What the kernel can do.</param>
    /// <param name="hardware">What it answered for <see cref="HardwareCandidates"/>.</param>
    /// <param name="isFirewallStopped">Whether the firewall, which would say what is accepted, is installed but stopped.</param>
    public static Decision Decide(
        FirewallConfig firewall,
        FlowtabledConfig config,
        NetworkDevices networks,
        DeviceGraph graph,
        KernelFeatures features,
        HardwareCapabilities hardware,
        bool isFirewallStopped = false)
    {
        var zones = ZoneDevices.Collect(firewall, networks, graph, enabled: true);
        var nothing = config.Mode == OffloadMode.Observe ? DesiredState.Untouched : DesiredState.Absent;
        if (!config.Enabled)
            return Nothing(zones, DesiredState.Absent, ReasonCode.Disabled, "option enabled of flowtabled is off");
        if (!firewall.FlowOffloading)
        {
            var off = Nothing(zones, nothing, ReasonCode.ToggleOff, "option flow_offloading of the firewall is off");
            return firewall.FlowOffloadingHw ? off with { Findings = [HardwareAlone] } : off;
        }

        if (isFirewallStopped)
            return Nothing(zones, nothing, ReasonCode.FirewallStopped, "the firewall is stopped, and nothing is offloaded that it has not accepted");

        var findings = new List<Finding>();
        var excluded = new Exclusions(config.Devices, graph, findings);
        var devices = new DeviceDecisions(excluded);
        findings.AddRange(UnusedLevels(config, zones));
        var placements = Place(zones, config, excluded, graph, devices);
        SharedPorts.Settle(placements, findings);
        if (WantsHardware(firewall, config))
        {
            if (config.Mode == OffloadMode.Observe)
                hardware = HardwareCapabilities.Observing with { Distrust = hardware.Distrust };
            if (hardware.Distrust is { } distrust)
                findings.Add(HardwareDistrusted(distrust));
            DecideHardware(placements, new HardwareRule(config, hardware), config.Hw, findings);
        }

        devices.Add(placements);
        devices.AddExcluded(graph);
        devices.AddDisabled(ZoneDevices.Collect(firewall, networks, graph, enabled: false));
        var exclusions = config.Exclusions.Where(static exclusion => exclusion.HasTraffic);
        var keptOut = new KeptOut(config.Exclusions);
        var state = config.Mode == OffloadMode.Observe
            ? DesiredState.Untouched
            : DesiredState.Present(
                OffloadTable.Of(devices.Hooked, excluded.Names, keptOut, config.Counter, features),
                Hardware(devices.All, keptOut, config.Counter, features));
        return new Decision(state, [.. devices.All, .. zones.WithoutDevice], [.. findings]) { Exclusions = [.. exclusions] };
    }

    /// <summary>
    /// The ports that hardware may be wanted for, sorted: the kernel is to be asked for each whether it can be bound. None where no
    /// hardware is wanted, or nothing may be touched.
    /// </summary>
    public static ImmutableArray<string> HardwareCandidates(
        FirewallConfig firewall, FlowtabledConfig config, NetworkDevices networks, DeviceGraph graph)
    {
        if (!config.Enabled || config.Mode == OffloadMode.Observe || !firewall.FlowOffloading || !WantsHardware(firewall, config))
            return [];

        var ports = new HashSet<string>(StringComparer.Ordinal);
        foreach (var l3 in ZoneDevices.Collect(firewall, networks, graph, enabled: true).Devices)
        {
            if (l3.Device is { } device)
                ports.UnionWith(ForwardPath.Walk(graph, device).Ends.Where(HardwareRule.IsPort).Select(static port => port.Name));
        }

        return [.. ports.Sorted()];
    }

    private static Finding HardwareAlone { get; } = new(
        FindingSeverity.Warning,
        "hardware_alone",
        "option flow_offloading_hw of the firewall is on but flow_offloading is off: without that, hardware offload does nothing");

    private static Finding HardwareDistrusted(string reason) => new(
        FindingSeverity.Warning, "hardware_distrusted", $"hardware is not used: {reason}; 'flowtabled hw retry' tries it again");

    private static bool WantsHardware(FirewallConfig firewall, FlowtabledConfig config) =>
        firewall.FlowOffloadingHw && config.Hw != HardwareUse.Off;

    private static void DecideHardware(List<Placement> placements, HardwareRule rule, HardwareUse use, List<Finding> findings)
    {
        var decisions = rule.Decide(placements);
        for (var i = 0; i < placements.Count; i++)
        {
            placements[i] = placements[i] with { Hardware = decisions[i] };
            if (use == HardwareUse.Require && !decisions[i].IsIn)
            {
                findings.Add(new Finding(
                    FindingSeverity.Error,
                    "hardware_required",
                    $"option hw is 'require', but it stays in software: {decisions[i].Reason}",
                    placements[i].Device.ToString()));
            }
            else if (decisions[i].Code == HardwareCode.Waiting)
            {
                findings.Add(new Finding(
                    FindingSeverity.Warning,
                    "hardware_waiting",
                    $"it stays in software for now: {decisions[i].Reason}",
                    placements[i].Device.ToString()));
            }
        }
    }

    private static TableSpec? Hardware(List<DeviceDecision> devices, KeptOut keptOut, bool counter, KernelFeatures features)
    {
        var names = new List<string>();
        var ports = new HashSet<string>(StringComparer.Ordinal);
        foreach (var device in devices)
        {
            if (device.Hardware is not { IsIn: true } hardware)
                continue;
            names.Add(device.Device!);
            ports.UnionWith(hardware.Ports);
        }

        return names.Count == 0 ? null : HardwareTable.Of([.. ports.Sorted()], [.. names], keptOut, counter, features);
    }

    private static Decision Nothing(ZoneDevices zones, DesiredState state, ReasonCode code, string reason)
    {
        var devices = zones.Devices.Select(device => device.Decide(Outcome.Out, code, reason));
        var others = zones.WithoutDevice.Select(other => other with { Outcome = Outcome.Out, Code = code, Reason = reason });
        return new Decision(state, [.. devices, .. others], []);
    }

    private static List<Placement> Place(
        ZoneDevices zones, FlowtabledConfig config, Exclusions exclusions, DeviceGraph graph, DeviceDecisions decisions)
    {
        var placements = new List<Placement>();
        foreach (var l3 in zones.Devices)
        {
            if (!DeviceName.IsLegal(l3.Name))
                decisions.Add(l3.Decide(Outcome.Out, ReasonCode.IllegalName, "no device can have this name"));
            else if (exclusions.Reason(l3.Name) is { } reason)
                decisions.Add(l3.Decide(Outcome.Out, ReasonCode.Excluded, reason));
            else if (l3.Device is not { } device)
                decisions.Add(l3.Decide(Outcome.Waiting, ReasonCode.Missing, "does not exist yet"));
            else if (device.Kind == DeviceKind.Loopback)
                decisions.Add(l3.Decide(Outcome.Out, ReasonCode.Loopback, "the loopback device forwards nothing"));
            else
                placements.Add(LevelRule.Place(graph, l3, device, Level(config, l3.Name)));
        }

        return placements;
    }

    private static DeviceLevel Level(FlowtabledConfig config, string device) =>
        config.Devices.FirstOrDefault(rule => rule.Name == device)?.Level ?? DeviceLevel.Auto;

    private static List<Finding> UnusedLevels(FlowtabledConfig config, ZoneDevices zones) => config.Devices
        .Where(rule => rule.Level != DeviceLevel.Auto && !zones.Devices.Any(l3 => l3.Name == rule.Name))
        .Select(static rule => new Finding(
            FindingSeverity.Info,
            "level_unused",
            "option level has no effect: it is for the l3 devices of networks that are in a zone of the firewall, and this is none",
            DeviceName.Display(rule.Name)));
}
