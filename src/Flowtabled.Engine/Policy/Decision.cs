using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Engine.Policy;

/// <summary>What the configuration and the devices add up to.</summary>
/// <param name="State">What the kernel should have.</param>
/// <param name="Devices">Each device's decision, by name, then the networks without a device.</param>
/// <param name="Findings">What the user should know.</param>
public sealed record Decision(DesiredState State, ImmutableArray<DeviceDecision> Devices, ImmutableArray<Finding> Findings)
{
    /// <summary>The hosts and ports that are kept out of every flowtable, by who wants that.</summary>
    public ImmutableArray<NamedExclusion> Exclusions { get; init; } = [];
}
