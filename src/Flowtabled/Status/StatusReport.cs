using System.Collections.Immutable;
using Flowtabled.Daemon;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Status;

/// <summary>How things are: what <c>flowtabled status</c> prints.</summary>
internal sealed record StatusReport
{
    /// <summary>What the daemon says; null when none runs.</summary>
    public required DaemonState? Daemon { get; init; }

    /// <summary>How long it has been running, in seconds; 0 when none runs.</summary>
    public long Uptime { get; init; }

    /// <summary>What is wanted; null when the configuration cannot be read.</summary>
    public required Wish? Wish { get; init; }

    public required TableStatus Table { get; init; }

    /// <summary>Each device that was decided on, or is in the flowtable all the same.</summary>
    public required ImmutableArray<DeviceStatus> Devices { get; init; }

    public required FlowStatus Flows { get; init; }

    /// <summary>Whether conntrack counts what connections carry; null without conntrack.</summary>
    public bool? Accounting { get; init; }

    /// <summary>The trial of hardware; null when hardware is not wanted, or was not used yet.</summary>
    public HardwareTrial? Trial { get; init; }

    /// <summary>How connections fare in hardware; null when it is not used.</summary>
    public HardwareReport? Health { get; init; }

    /// <summary>What the chip itself says; null where it does not.</summary>
    public ChipTable? Chip { get; init; }

    /// <summary>Files that cannot be read: file, reason, place, and what holds meanwhile.</summary>
    public required ImmutableArray<string> Problems { get; init; }

    /// <summary>What is doubtful in the files, and what the decisions and the plan have to say.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Whether something is not as it should be.</summary>
    public bool HasTrouble =>
        !Problems.IsEmpty || Daemon?.Refusal is not null || Findings.Any(static finding => finding.Severity == FindingSeverity.Error);
}

/// <summary>The switches.</summary>
/// <param name="Enabled"><c>option enabled</c> of flowtabled.</param>
/// <param name="Mode"><c>option mode</c> of flowtabled.</param>
/// <param name="FlowOffloading"><c>option flow_offloading</c> of the firewall.</param>
internal sealed record Wish(bool Enabled, OffloadMode Mode, bool FlowOffloading);

/// <summary>Whose our table is.</summary>
internal enum TableState
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>The daemon's that runs: its own, and nobody else can change it.</summary>
    Ours,

    /// <summary>Another program's; we cannot change it.</summary>
    Foreign,

    /// <summary>Nobody's any more: its owner has gone, the next one adopts it.</summary>
    Orphan,

    /// <summary>Nobody's, and everybody can change it: a kernel before 6.9, or <c>--plain-table</c>.</summary>
    Plain,
}

/// <summary>Our table in the kernel.</summary>
/// <param name="State">Whose it is.</param>
/// <param name="Owner">Its owner for people; null without one.</param>
/// <param name="Pending">How many changes make it what it should be; null when that is not known.</param>
internal sealed record TableStatus(TableState State, string? Owner, int? Pending);

/// <summary>A device as decided, and as the kernel has it.</summary>
/// <param name="Name">Its name, one char a byte; null for a network without a device.</param>
/// <param name="Decision">The decision; null when there is none, and it is in the flowtable all the same.</param>
/// <param name="IsHooked">Whether the kernel has it in the flowtable.</param>
internal sealed record DeviceStatus(string? Name, DeviceDecision? Decision, bool IsHooked);

/// <summary>Flows by the kernel's count.</summary>
/// <param name="SoFar">How many our rule has offloaded since it was made; null without such a rule.</param>
/// <param name="Connections">Connections now; null when conntrack does not tell.</param>
/// <param name="WhyNoConnections">Why it does not tell; null when it does.</param>
internal sealed record FlowStatus(ulong? SoFar, ConntrackCounts? Connections, string? WhyNoConnections)
{
    /// <summary>What they carry by path; null when conntrack does not tell.</summary>
    public PathTotals? Totals { get; init; }
}
