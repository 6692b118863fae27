using System.Collections.Immutable;
using Flowtabled.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Kernel;

/// <summary>How things are, how they should be, and what it takes: what <c>plan</c> shows, <c>run</c> and <c>apply</c> send and <c>status</c> explains.</summary>
/// <param name="Config">What is configured.</param>
/// <param name="Devices">The devices as they are.</param>
/// <param name="Decision">What the kernel should have, and why.</param>
/// <param name="Observed">What it has.</param>
/// <param name="Generation">The generation of the ruleset that was observed.</param>
/// <param name="Plan">What is to be sent.</param>
internal sealed record Assessment(
    ConfigSnapshot Config, DeviceGraph Devices, Decision Decision, ObservedState Observed, uint Generation, Plan Plan)
{
    /// <summary>The trial as it must be recorded before hardware is used; null without one: none is wanted, or no chip is there.</summary>
    public HardwareTrial? Trial { get; init; }

    /// <summary>The names of the excluded devices, those that are not there too.</summary>
    public ImmutableArray<string> ExcludedDevices =>
        Decision.State.Table?.Sets.FirstOrDefault(static set => set.Name == OffloadTable.ExcludedDevices)?.Elements ?? [];

    /// <summary>Whether hardware is not used although it could be.</summary>
    public bool IsDistrusted => Decision.Devices.Any(static device => device.Hardware is { Code: HardwareCode.Distrusted });

    /// <summary>Whether it takes the firewall's rule out of use while there is a table for hardware: what is in the chip by then is of both.</summary>
    public bool LeavesStrays =>
        Decision.State.Hardware is not null && Plan.ChangesFirewall && Observed.Firewall is { BindsHardware: true, Rules.IsEmpty: false };
}
