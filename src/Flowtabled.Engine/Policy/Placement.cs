using System.Collections.Immutable;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>Where the flowtable takes the packets of an l3 device: at the device itself, at devices below it, or nowhere.</summary>
/// <param name="L3">The l3 device.</param>
/// <param name="Device">The same, as it is now.</param>
/// <param name="Path">Its path.</param>
/// <param name="Hooks">The devices that are in the flowtable for it.</param>
/// <param name="Code">Why there.</param>
/// <param name="Reason">Why there, for people.</param>
internal sealed record Placement(
    L3Device L3, Device Device, ForwardPath Path, ImmutableArray<Device> Hooks, ReasonCode Code, string Reason)
{
    /// <summary>Whether its connections may go into hardware; <see langword="null"/> where that is not wanted.</summary>
    public HardwareDecision? Hardware { get; init; }

    /// <summary>Whether the l3 device itself is hooked.</summary>
    public bool IsSelf => Hooks.Contains(Device);

    /// <summary>Whether the user said where, so that no other device may change it.</summary>
    public bool IsForced => Code == ReasonCode.Level;

    /// <summary>
    /// Whether the devices at the ends of the path must stay out of the flowtable: the kernel prefers them to the l3 device when they are
    /// in.
    /// </summary>
    public bool NeedsEndsOut => IsSelf && !Path.Ends.Contains(Device);
}
