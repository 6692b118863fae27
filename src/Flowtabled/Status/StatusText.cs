using Flowtabled.Cli;
using Flowtabled.Daemon;
using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Flows;

namespace Flowtabled.Status;

/// <summary>Prints a status for people, 80 columns wide.</summary>
internal static class StatusText
{
    private const int LabelWidth = 10;
    private const int NameWidth = 15;
    private const int NetworkWidth = 14;

    public static void Write(TextWriter output, StatusReport report)
    {
        var summary = new Columns(LabelWidth);
        summary.Add("daemon", Describe(report.Daemon, report.Uptime));
        summary.Add("offload", Describe(report.Wish));
        summary.Add("table", Describe(report.Table));
        summary.Add("flows", Describe(report.Flows));
        if (report.Flows.Totals is { } totals)
            summary.Add("paths", Describe(totals));
        if (report.Daemon?.Watch is { } watch)
            summary.Add("fell out", report.Accounting == true ? Describe(watch) : "not measured");
        if (report.Trial is { } trial)
            summary.Add("hardware", Describe(trial));
        if (report.Health is { } health)
            summary.Add("chip", HardwareText.Of(health));
        if (report.Chip is { } table)
            summary.Add("witness", table.ToString());
        if (report.Daemon?.Refusal is { } refusal)
            summary.Add("refused", refusal);
        foreach (var problem in report.Problems)
            summary.Add("problem", problem);
        foreach (var finding in report.Findings)
            summary.Add(Words.Snake(finding.Severity), finding.Place is null ? finding.Message : $"{finding.Place}: {finding.Message}");
        summary.Write(output);
        if (report.Devices.IsEmpty)
            return;

        output.WriteLine();
        var devices = new Columns(NameWidth, NetworkWidth, "waiting".Length, "kernel".Length);
        devices.Add("device", "network", "wanted", "kernel", "why");
        foreach (var device in report.Devices)
            Add(devices, device, report.Health);
        devices.Write(output);
    }

    private static string Describe(DaemonState? daemon, long uptime)
    {
        if (daemon is null)
            return "not running";
        return $"running for {Duration(uptime)} (pid {daemon.Pid}, version {daemon.Program}); {Count(daemon.Passes, "pass", "passes")}, "
            + Count(daemon.Batches, "batch", "batches");
    }

    private static string Describe(Wish? wish) => wish switch
    {
        null => "not known: the configuration cannot be read",
        { Enabled: false } => Off("option enabled of flowtabled is off"),
        { FlowOffloading: false } => Off("option flow_offloading of the firewall is off"),
        { Mode: OffloadMode.Observe } => "on, but in observe mode: nothing is changed",
        _ => "on",
    };

    // Joined here, not by the compiler: the program has each reason once.
    private static string Off(string why) => "off: " + why;

    private static string Describe(TableStatus table)
    {
        var text = table.State switch
        {
            TableState.Absent => "none",
            TableState.Ours => "the daemon's",
            TableState.Foreign => $"owned by {table.Owner}: no one else can change it",
            TableState.Orphan => "its owner has gone; it stays, and the next start adopts it",
            _ => "without an owner: every program can change it",
        };
        return table.Pending switch
        {
            null => text,
            0 => text + "; in sync",
            { } pending => $"{text}; {Count(pending, "change", "changes")} pending",
        };
    }

    private static string Describe(FlowStatus flows)
    {
        var now = flows.Connections is { } count
            ? $"{count.Software} in software, {count.Hardware} in hardware, of {Count(count.Total, "connection", "connections")}"
            : $"not known: {flows.WhyNoConnections}";
        return flows.SoFar is { } soFar ? $"{now}; {soFar} offloaded so far" : now;
    }

    private static string Describe(PathTotals totals) =>
        $"hardware {FlowsText.Describe(totals, FlowPath.Hardware)}; software {FlowsText.Describe(totals, FlowPath.Software)}; "
        + $"slow {FlowsText.Describe(totals, FlowPath.Slow)}";

    private static string Describe(WatchSummary watch) =>
        $"{watch.FellOutOfHardware} of hardware, {watch.FellOutOfSoftware} of software, since the daemon began";

    private static string Describe(HardwareTrial trial) => trial switch
    {
        { Distrust: { } distrust } => $"not trusted: {distrust}",
        { State: TrialState.Passed } => "it has passed its trial",
        _ => $"on trial, {(trial.Starts == 1 ? "for the first time" : "again, after the system went down in the middle of it")}",
    };

    private static void Add(Columns columns, DeviceStatus device, HardwareReport? health)
    {
        var hooked = device.IsHooked ? "yes" : "no";
        var name = device.Name is null ? "-" : DeviceName.Display(device.Name);
        if (device.Decision is not { } decision)
        {
            columns.Add(name, "", "-", hooked, "it is in the flowtable, whatever is wanted");
            return;
        }

        var networks = string.Join(", ", decision.Networks.Select(DeviceName.Display));
        var target = decision.Outcome == Outcome.Moved ? $"to {string.Join(", ", decision.HookedAt.Select(DeviceName.Display))}: " : "";
        var guess = decision.IsGuessed ? " (guessed from /etc/config/network)" : "";
        var hardware = decision.Hardware is { } chip ? $"; {(chip.IsIn ? "in" : "not in")} hardware: {chip.Reason}{HardwareText.OfDevice(health, name)}" : "";
        columns.Add(name, networks, Words.Snake(decision.Outcome), hooked, target + decision.Reason + guess + hardware);
    }

    // The two largest units.
    private static string Duration(long seconds) => seconds switch
    {
        < 60 => $"{seconds}s",
        < 3600 => $"{seconds / 60}m {seconds % 60}s",
        < 86400 => $"{seconds / 3600}h {seconds / 60 % 60}m",
        _ => $"{seconds / 86400}d {seconds / 3600 % 24}h",
    };

    private static string Count(long number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
