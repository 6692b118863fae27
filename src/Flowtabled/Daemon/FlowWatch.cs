using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using Flowtabled.Kernel;

namespace Flowtabled.Daemon;

/// <summary>Which connections to look at.</summary>
/// <param name="Devices">The l3 devices whose connections may be in hardware; none while hardware is not used.</param>
/// <param name="Ports">The ports of the hardware flowtable.</param>
/// <param name="IsCounted">Whether it counts packets for conntrack.</param>
/// <param name="Timeout"><c>option hw_flow_timeout</c>: seconds that a flow stays without a packet; null for the kernel's.</param>
/// <param name="Pardons">How often the user changed something or asked: hardware that was given up is tried again.</param>
internal sealed record FlowWatch(ImmutableArray<FlowDevice> Devices, ImmutableArray<string> Ports, bool IsCounted, int? Timeout, int Pardons)
{
    /// <summary>Nothing.</summary>
    public static FlowWatch Nothing { get; } = new([], [], false, null, 0);

    /// <summary>What was decided; null before anything was.</summary>
    public Assessment? Settled { get; private init; }

    /// <summary>Whether somebody is subscribed, and hears of connections that enter or leave a flowtable.</summary>
    public bool HasSubscribers { get; init; }

    /// <summary>With each the question is which connections are to leave the firewall's flowtable; null when there is none to answer.</summary>
    public Takeover? Takeover { get; init; }

    /// <summary>What follows from a pass.</summary>
    public static FlowWatch Of(Assessment assessment, int pardons)
    {
        if (assessment.Decision.State.Hardware is not { } hardware)
            return Nothing with { Pardons = pardons, Settled = assessment };
        var flowtable = hardware.Flowtable;
        return new FlowWatch(
            FlowDevice.Of(assessment),
            flowtable.Devices,
            flowtable.Flags.HasFlag(FlowtableFlags.Counter),
            assessment.Config.Flowtabled.HwFlowTimeout,
            pardons)
        {
            Settled = assessment,
        };
    }

    /// <summary>Whether the same connections are to be looked at, in the same way.</summary>
    public bool IsLike(FlowWatch other) =>
        IsCounted == other.IsCounted && Timeout == other.Timeout && Devices.AsSpan().SequenceEqual(other.Devices.AsSpan()) && Ports.AsSpan().SequenceEqual(other.Ports.AsSpan());
}
