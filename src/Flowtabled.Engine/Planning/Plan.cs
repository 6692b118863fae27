using System.Collections.Immutable;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;

namespace Flowtabled.Engine.Planning;

/// <summary>What is to be sent so that what is observed becomes what is desired.</summary>
/// <param name="Steps">The messages of one batch, in order; none when there is nothing to change, and then nothing is sent.</param>
/// <param name="Findings">What stands in the way.</param>
/// <param name="EmptiesHardware">
/// Whether more is to be done once the flows that are in hardware have left it: move them out, then plan again.
/// </param>
public sealed record Plan(ImmutableArray<PlanStep> Steps, ImmutableArray<Finding> Findings, bool EmptiesHardware = false)
{
    /// <summary>
    /// The most devices, or set elements, of one message: <c>NFT_NETDEVICE_MAX</c> (linux/netfilter/nf_tables.h) less one.
    /// </summary>
    public const int MaxNames = 255;

    /// <summary>Whether it changes the firewall's table, which is not ours: others change it too.</summary>
    public bool ChangesFirewall => Steps.Any(static step => step.Table == ObservedFirewall.Table);

    /// <summary>Whether it excludes hosts, ports or devices that were not: what runs of theirs has to be moved out.</summary>
    public bool ExcludesTraffic => Steps.Any(static step => step is AddElements { Type: not SetType.InterfaceName } or AddElements { Set: OffloadTable.ExcludedDevices });

    /// <summary>Whether connections may go into hardware that might not: those that run in software do not go there by themselves.</summary>
    public bool WidensHardware => Steps.Any(static step => step is AddRule { Table: HardwareTable.Name } or AddElements { Set: HardwareTable.Devices });

    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => Steps.IsEmpty;
}
