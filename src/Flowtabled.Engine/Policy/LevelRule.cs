using Flowtabled.Engine.Config;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>
/// Chooses the level at which the flowtable takes the packets of an l3 device. The kernel knows two only: it resolves the path of a new
/// flow down to the end and takes that device if it is in the flowtable, else the l3 device itself (<c>nft_dev_forward_path</c>,
/// net/netfilter/nft_flow_offload.c). A hook on a device between the two sees no flow that it could match.
/// </summary>
internal static class LevelRule
{
    public static Placement Place(DeviceGraph graph, L3Device l3, Device device, DeviceLevel level)
    {
        var path = ForwardPath.Walk(graph, device);
        return level switch
        {
            DeviceLevel.Self => Self(ReasonCode.Level, "option level is 'self'"),
            DeviceLevel.Port when !path.Ends.IsEmpty => Ends(ReasonCode.Level, "option level is 'port'"),
            _ when WhyItself(device, path) is var (code, reason) => Self(code, reason),
            _ => Ends(ReasonCode.Lower, $"its packets come in there, as {Headers(path)}"),
        };

        Placement Self(ReasonCode code, string reason) => new(l3, device, path, [device], code, reason);

        Placement Ends(ReasonCode code, string reason) => new(l3, device, path, path.Ends, code, reason);
    }

    /// <summary>
    /// Why <paramref name="device"/> itself is to be hooked; <see langword="null"/> when it is better to go to the end of its path.
    /// </summary>
    private static (ReasonCode Code, string Reason)? WhyItself(Device device, ForwardPath path)
    {
        if (path.Bridge is { } bridge)
        {
            const string Stale = "an entry at one of its ports would go stale when a station moves to another";
            return bridge == device
                ? (ReasonCode.Bridge, $"a bridge: {Stale}")
                : (ReasonCode.AboveBridge, $"on bridge {bridge}: {Stale}");
        }

        if (path.Ends is not [var end])
            return (ReasonCode.PathUnknown, "what it stands on could not be read");

        if (end == device)
            return AtEnd(device);

        if (path.Encapsulations > ForwardPath.MaxEncapsulations)
            return (ReasonCode.TooDeep, $"{Headers(path)}: a flowtable takes off {ForwardPath.MaxEncapsulations} headers at most");

        foreach (var above in path.Stack[..^1])
        {
            if (TrafficControl.Find(above) is { } kind)
                return (ReasonCode.Shaped, $"{kind} on {above} must see every packet, and below it packets would pass it by");
        }

        return null;
    }

    private static (ReasonCode Code, string Reason) AtEnd(Device device) => device.Kind switch
    {
        DeviceKind.Physical or DeviceKind.Dsa or DeviceKind.Veth => (ReasonCode.Port, "a port: packets come in here"),
        DeviceKind.Vlan => (ReasonCode.PathUnknown, "what it stands on is not in this network namespace"),
        DeviceKind.Ppp => (ReasonCode.EndOfPath, "a PPP session that is not known to be PPPoE: the kernel looks no further down"),
        DeviceKind.Tunnel => (ReasonCode.EndOfPath, "a tunnel: the kernel looks no further down"),
        _ => (ReasonCode.EndOfPath, "the kernel looks no further down from a device of this kind"),
    };

    private static string Headers(ForwardPath path) =>
        string.Join(" in ", path.Stack[..^1].Select(static device => device.Kind == DeviceKind.Ppp ? "PPPoE" : $"VLAN {device.VlanId}"));
}
