using System.Collections.Immutable;
using Flowtabled.Cli;
using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Status;

/// <summary>Collects what <c>flowtabled status</c> prints: from the daemon's state file, the configuration and the kernel.</summary>
internal static class StatusReader
{
    /// <summary>Reads everything once.</summary>
    /// <exception cref="CommandException">The process may not read nftables.</exception>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    /// <param name="paths">Where the configuration is.</param>
    /// <param name="files">The same, where they were read before.</param>
    public static StatusReport Read(ConfigPaths paths, ConfigFiles? files = null)
    {
        var daemon = new StateFile(paths.RunDirectory).ReadIfRunning();
        var config = (files ?? ConfigFiles.OfCommand(paths, daemon)).Read();
        using var kernel = CommandKernel.Open(daemon?.PlainTable ?? false);
        kernel.Distrust = daemon?.Distrust;
        var port = daemon?.Port ?? kernel.Port;
        var assessment = config.IsComplete ? kernel.Assess(config, port) : null;
        var observed = assessment is null ? kernel.ReadTables(port).State : assessment.Observed;
        return new StatusReport
        {
            Daemon = daemon,
            Uptime = daemon is null ? 0 : (Environment.TickCount64 / 1000) - daemon.StartedAt,
            Wish = assessment is null ? null : new Wish(config.Flowtabled.Enabled, config.Flowtabled.Mode, config.Firewall.FlowOffloading),
            Table = Table(observed.Table, assessment?.Plan),
            Devices = Devices(assessment?.Decision, observed.Table),
            Flows = ReadFlows(kernel, daemon),
            Accounting = AccountingSwitch.IsOn,
            // What was not recorded has not begun.
            Trial = config.Trial is null ? null : assessment?.Trial,
            Health = daemon is { Health.Devices.IsEmpty: false } ? daemon.Health : assessment is null ? null : HardwareGlance.Take(assessment),
            Chip = new ChipWitness().Ask(),
            // The daemon's own words, where it has any, tell what holds meanwhile.
            Problems = daemon is { Problems.IsEmpty: false }
                ? daemon.Problems
                : [.. config.Problems.Select(static problem => problem.ToString())],
            Findings =
            [
                .. config.Findings.Select(static finding => finding.ToFinding()),
                .. assessment?.Decision.Findings ?? [],
                .. assessment?.Plan.Findings ?? [],
                .. daemon?.Health.Findings ?? [],
            ],
        };
    }

    internal static TableStatus Table(ObservedTable? table, Plan? plan)
    {
        var state = table switch
        {
            null => TableState.Absent,
            { Owner.IsUs: true } => TableState.Ours,
            { Owner: not null } => TableState.Foreign,
            { Flags: TableFlags.Persist } => TableState.Orphan,
            _ => TableState.Plain,
        };
        // Taking an orphan over changes nothing in it.
        var pending = state == TableState.Foreign ? null : plan?.Steps.Where(static step => step is not AdoptTable).Count;
        return new TableStatus(state, table?.Owner is { } owner ? PortName.Of(owner.PortId) : null, pending);
    }

    internal static ImmutableArray<DeviceStatus> Devices(Decision? decision, ObservedTable? table)
    {
        var hooked = table?.Flowtables.FirstOrDefault(static flowtable => flowtable.Name == OffloadTable.Flowtable)?.Devices ?? [];
        ImmutableArray<DeviceDecision> decisions = decision?.Devices ?? [];
        var others = hooked.Where(name => !decisions.Any(decided => decided.Device == name)).Sorted();
        return
        [
            .. decisions.Select(decided => new DeviceStatus(decided.Device, decided, decided.Device is { } name && hooked.Contains(name))),
            .. others.Select(static name => new DeviceStatus(name, null, true)),
        ];
    }

    private static FlowStatus ReadFlows(KernelSession kernel, DaemonState? daemon)
    {
        var soFar = kernel.CountOffloads();
        try
        {
            using var conntrack = ConntrackClient.Open();
            var totals = new PathTotals();
            var reader = new TotalsReader(totals);
            conntrack.Dump(default, ref reader);
            daemon?.Watch?.AddTo(totals);
            return new FlowStatus(soFar, conntrack.Count(), null) { Totals = totals };
        }
        catch (NetlinkException e)
        {
            return new FlowStatus(soFar, null, e.Message);
        }
    }
}
