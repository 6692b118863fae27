using Flowtabled.Cli;
using Flowtabled.Daemon;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Topology;
using Flowtabled.Status;

namespace Flowtabled.Metrics;

/// <summary>Writes a status as metrics. What is not known or not measured is left out; no value stands for it.</summary>
internal static class StatusMetrics
{
    /// <summary>Writes it as text.</summary>
    /// <param name="report">The status.</param>
    /// <param name="isOpenMetrics">In which form: see <see cref="MetricsText"/>.</param>
    public static string Write(StatusReport report, bool isOpenMetrics)
    {
        var text = new MetricsText(isOpenMetrics);
        var build = BuildVersion.Current;
        text.Add(MetricTable.Build, 1, build.Number, build.Commit, build.Runtime);
        text.Add(MetricTable.Up, report.Daemon is not null);
        if (report.Daemon is { } daemon)
            Add(text, daemon, report);
        AddFindings(text, report);
        AddTable(text, report);
        AddFlows(text, report.Flows);
        AddDevices(text, report);
        if (report.Health is { } health)
            Add(text, health);
        if (report.Chip is { } chip)
        {
            text.Add(MetricTable.Chip, chip.Bound, "bound");
            text.Add(MetricTable.Chip, chip.Unbound, "unbound");
            text.Add(MetricTable.ChipCapacity, chip.Capacity);
        }

        return text.End();
    }

    private static void Add(MetricsText text, DaemonState daemon, StatusReport report)
    {
        text.Add(MetricTable.Uptime, report.Uptime);
        text.Add(MetricTable.Passes, daemon.Passes);
        text.Add(MetricTable.Batches, daemon.Batches);
        text.Add(MetricTable.Refusals, daemon.Refusals);
        text.Add(MetricTable.Resyncs, daemon.Resyncs);
        if (daemon.Watch is { } watch)
            text.Add(MetricTable.EventLosses, watch.Losses);
        // Without counters one that fell out is not told from one that was idle.
        if (daemon.Watch is { } falls && report.Accounting == true)
        {
            text.Add(MetricTable.FellOut, falls.FellOutOfHardware, "hardware");
            text.Add(MetricTable.FellOut, falls.FellOutOfSoftware, "software");
        }

        text.Add(MetricTable.ConfigReads, daemon.ConfigReads);
        text.Add(MetricTable.Refused, daemon.Refusal is not null);
        text.Add(MetricTable.HardwareDistrusted, daemon.Distrust is not null);
    }

    private static void AddFindings(MetricsText text, StatusReport report)
    {
        text.Add(MetricTable.Problems, report.Problems.Length);
        foreach (var severity in (ReadOnlySpan<FindingSeverity>)[FindingSeverity.Info, FindingSeverity.Warning, FindingSeverity.Error])
            text.Add(MetricTable.Findings, report.Findings.Where(finding => finding.Severity == severity).Count, Words.Snake(severity));
        var codes = report.Findings.Select(static finding => finding.Code);
        foreach (var code in codes.Distinct().Sorted())
            text.Add(MetricTable.FindingCodes, codes.Where(each => each == code).Count, code);
    }

    private static void AddTable(MetricsText text, StatusReport report)
    {
        if (report.Wish is { } wish)
            text.Add(MetricTable.Wanted, wish is { Enabled: true, FlowOffloading: true, Mode: OffloadMode.Manage });
        AddState(text, MetricTable.Table, report.Table.State);
        if (report.Table.Pending is { } pending)
            text.Add(MetricTable.Pending, pending);
        if (report.Trial is { } trial)
            AddState(text, MetricTable.Trial, trial.State);
    }

    private static void AddFlows(MetricsText text, FlowStatus flows)
    {
        if (flows.Totals is { } totals)
        {
            Add(MetricTable.Flows, static total => (ulong)total.Flows);
            Add(MetricTable.Unmeasured, static total => (ulong)total.Unmeasured);
            Add(MetricTable.Bytes, static total => total.IsMeasured ? total.Bytes : null);
            Add(MetricTable.Packets, static total => total.IsMeasured ? total.Packets : null);

            void Add(Metric metric, Func<PathTotal, ulong?> count)
            {
                foreach (var path in (ReadOnlySpan<FlowPath>)[FlowPath.Hardware, FlowPath.Software, FlowPath.Slow])
                {
                    if (count(totals[path]) is { } value)
                        text.Add(metric, value, Words.Snake(path));
                }
            }
        }

        if (flows.SoFar is { } soFar)
            text.Add(MetricTable.Offloaded, soFar);
        if (flows.Connections is not { } connections)
            return;
        text.Add(MetricTable.Entries, connections.Total);
        if (connections.Maximum > 0)
            text.Add(MetricTable.EntriesLimit, connections.Maximum);
    }

    private static void AddDevices(MetricsText text, StatusReport report)
    {
        var devices = report.Devices.Where(static device => device.Name is not null);
        var decided = devices.Where(static device => device.Decision is not null);
        foreach (var device in decided)
        {
            foreach (var zone in device.Decision!.Zones)
                text.Add(MetricTable.Device, 1, Name(device), DeviceName.Display(zone), Words.Snake(device.Decision.Code));
        }

        foreach (var device in decided)
            AddState(text, MetricTable.DeviceState, device.Decision!.Outcome, Name(device));
        foreach (var device in devices)
            text.Add(MetricTable.DeviceHooked, device.IsHooked, Name(device));
        foreach (var device in decided.Where(static device => device.Decision!.Hardware is not null))
            text.Add(MetricTable.DeviceHardware, device.Decision!.Hardware!.IsIn, Name(device));
        if (report.Wish is not null)
            text.Add(MetricTable.NoDevice, report.Devices.Length - devices.Count);

        static string Name(DeviceStatus device) => DeviceName.Display(device.Name!);
    }

    private static void Add(MetricsText text, HardwareReport health)
    {
        Add(MetricTable.HardwareFlows, static flows => flows.Hardware);
        if (health.IsMeasured)
        {
            Add(MetricTable.HalfFlows, static flows => flows.Half);
            Add(MetricTable.UnusedFlows, static flows => flows.Unused);
            Add(MetricTable.SilentFlows, static flows => flows.Silent);
        }

        Add(MetricTable.MissedFlows, static flows => flows.Software);

        void Add(Metric metric, Func<HardwareFlows, int> count)
        {
            foreach (var flows in health.Devices)
                text.Add(metric, count(flows), DeviceName.Display(flows.Device!));
        }
    }

    // A value for each state there is: a query finds the one that is 1, and none vanishes.
    private static void AddState(MetricsText text, Metric metric, Enum state, string? device = null)
    {
        var now = state.ToString();
        foreach (var each in Enum.GetNames(state.GetType()))
        {
            if (device is null)
                text.Add(metric, each == now, Words.Snake(each));
            else
                text.Add(metric, each == now, device, Words.Snake(each));
        }
    }
}
