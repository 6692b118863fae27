using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>
/// Chooses which l3 devices' connections may go into hardware. There it is always the ports that count, whatever level software takes; and
/// all of them: a station behind a bridge may move to any.
/// </summary>
internal sealed class HardwareRule(FlowtabledConfig config, HardwareCapabilities capabilities)
{
    /// <summary>Whether a chip could know a device of this kind: the others are not even asked for.</summary>
    public static bool IsPort(Device device) =>
        device.Kind is DeviceKind.Physical or DeviceKind.Dsa or DeviceKind.Veth or DeviceKind.Bond or DeviceKind.Other;

    /// <summary>Decides for each placement, in their order.</summary>
    public List<HardwareDecision> Decide(List<Placement> placements)
    {
        var decisions = placements.Select(Decide);
        return decisions.Where(static decision => decision.IsIn).Count == 1
            ? decisions.Select(static decision => decision.IsIn ? Alone(decision) : decision)
            : decisions;
    }

    private HardwareDecision Decide(Placement placement)
    {
        var path = placement.Path;
        ImmutableArray<string> ports = [.. path.Ends.Select(static end => end.Name)];
        return WhyNot(placement) is var (code, reason)
            ? new HardwareDecision(false, code, reason, ports)
            : capabilities.Unknown is { } unknown
                ? new HardwareDecision(true, HardwareCode.Unknown, $"unknown: {unknown}", ports)
                : new HardwareDecision(true, HardwareCode.Bound, $"{string.Join(", ", path.Ends)} can", ports);
    }

    private (HardwareCode Code, string Reason)? WhyNot(Placement placement)
    {
        if (capabilities.Distrust is { } distrust)
            return (HardwareCode.Distrusted, distrust);
        var path = placement.Path;
        foreach (var device in (IEnumerable<Device>)[.. path.Stack, .. path.Ends])
        {
            if (config.Devices.Any(rule => rule.Name == device.Name && rule.Hw == DeviceHardware.Off))
                return (HardwareCode.Off, $"option hw is 'off' for {device}");
        }

        if (placement is { IsForced: true, IsSelf: true } && !path.Ends.Contains(placement.Device))
            return (HardwareCode.Level, "option level is 'self', and in hardware packets pass the device by");
        if (path.Encapsulations > ForwardPath.MaxEncapsulations)
            return (HardwareCode.TooDeep, $"it has more than {ForwardPath.MaxEncapsulations} headers to take off");
        if (path.Ends.IsEmpty)
            return (HardwareCode.NoPort, "it has no port");
        if (path.Ends.FirstOrDefault(static end => !IsPort(end)) is { } end)
            return (HardwareCode.NoPort, $"{end} is no port of a chip");
        if (config.HwShaped == ShapedUse.Deny && Shaper(path) is { } shaper)
            return (HardwareCode.Shaped, shaper);
        foreach (var port in path.Ends)
        {
            if (capabilities.Refusals.TryGetValue(port.Name, out var refusal))
                return (HardwareCode.Refused, $"port {port} cannot: {refusal}");
            if (capabilities.Obstacles.TryGetValue(port.Name, out var obstacle))
                return (HardwareCode.Waiting, $"port {port} cannot: {obstacle}; it is asked again");
        }

        return null;
    }

    private static string? Shaper(ForwardPath path)
    {
        foreach (var device in (IEnumerable<Device>)[.. path.Stack, .. path.Ends])
        {
            if (TrafficControl.Find(device) is { } kind)
                return $"{kind} on {device} must see every packet; option hw_shaped 'allow' puts speed before that";
        }

        return null;
    }

    private static HardwareDecision Alone(HardwareDecision decision) => decision with
    {
        IsIn = false,
        Code = HardwareCode.Alone,
        Reason = "no other device could be the other end of a connection in hardware",
    };
}
