using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Health;

/// <summary>Guesses why connections stay in software from what they have in common, and those in hardware have not.</summary>
internal static class RefusalCause
{
    /// <param name="outside">Connections that stay in software though both ends may be in hardware; at least one.</param>
    /// <param name="inside">Those in hardware.</param>
    public static Finding Guess(List<Flow> outside, List<Flow> inside)
    {
        const string who = "connections stay in software though both ends may be in hardware: ";
        if (inside.Count == 0)
            return Refused(who + "the driver takes none: it refuses them (is its hw-tc-offload on?), or does not answer");
        if (CommonDevice(outside, inside) is { } device)
            return Refused($"{who}the driver takes none of those through {DeviceName.Display(device)}", DeviceName.Display(device));
        if (CommonKind(outside, inside) is { } kind)
            return Refused($"{who}the driver takes no {kind}");
        return new Finding(
            FindingSeverity.Warning, "hardware_full", $"{who}the chip's table seems full with {inside.Count} of them, and takes more as those end");
    }

    private static Finding Refused(string message, string? place = null) => new(FindingSeverity.Warning, "hardware_refused", message, place);

    private static string? CommonDevice(List<Flow> outside, List<Flow> inside)
    {
        foreach (var device in (IEnumerable<string?>)[outside[0].Client, outside[0].Server])
        {
            if (outside.All(flow => flow.Client == device || flow.Server == device) && !inside.Any(flow => flow.Client == device || flow.Server == device))
                return device;
        }

        return null;
    }

    private static string? CommonKind(List<Flow> outside, List<Flow> inside)
    {
        if (outside.Any(flow => inside.Any(other => other.Kind == flow.Kind)))
            return null;
        var kind = outside[0].Kind;
        return IsCommon(other => IsTcp(other) == IsTcp(kind)) ? IsTcp(kind) ? "TCP" : "UDP"
            : IsCommon(other => IsV6(other) == IsV6(kind)) ? IsV6(kind) ? "IPv6" : "IPv4"
            : string.Join(" or ", outside.Select(static flow => Name(flow.Kind)).Distinct());

        bool IsCommon(Func<FlowKind, bool> fits) => outside.All(flow => fits(flow.Kind)) && !inside.Any(flow => fits(flow.Kind));
    }

    private static string Name(FlowKind kind) => $"{(IsTcp(kind) ? "TCP" : "UDP")} over {(IsV6(kind) ? "IPv6" : "IPv4")}";

    private static bool IsTcp(FlowKind kind) => kind is FlowKind.Tcp4 or FlowKind.Tcp6;

    private static bool IsV6(FlowKind kind) => kind is FlowKind.Tcp6 or FlowKind.Udp6;
}
