using System.Text.Json;
using Flowtabled.Cli;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Flows;

namespace Flowtabled.Status;

/// <summary>
/// Prints a status for programs. Its shape, whose names and meanings stay while <c>version</c> does:
/// <code>
/// version     1
/// daemon      null, or { program, pid, uptime (seconds), passes, batches, resyncs, config_reads, refusal (string or null), and
///             null where it is not known: fell_out_of_hardware, fell_out_of_software (connections, since it began), event_losses }
/// offload     null where the configuration cannot be read, or { enabled, mode ("manage", "observe"), flow_offloading }
/// table       { state ("absent", "ours", "foreign", "orphan", "plain"), owner (string or null), pending (changes; null: not known) }
/// flows       { offloaded_so_far (number or null), connections, software, hardware (numbers; null where conntrack does not tell) }
/// paths       null where conntrack does not tell, or { hardware, software, slow }, each { flows, unmeasured, packets, bytes (null when none is counted) }
/// trial       of hardware: null where none is wanted or none was used yet, or { state ("running", "passed", "distrusted"), starts,
///             kernel, options, ports [ string ] }
/// hardware    null while hardware is not used, or { hardware (flows there by the kernel's word), and of these, null where they are not measured:
///             half (of which the chip carries one direction only), unused (which the processor carries all the same), silent (of which no
///             packet was counted lately); software (flows there although both ends may be in hardware) }
/// chip        null where no driver shows it, or what the chip itself says: { bound, unbound (entries, two for a flow), capacity_at_least }
/// devices     [ { device (null: a network without one), is_hooked, and where it was decided on: networks, zones, outcome ("in",
///             "moved", "out", "waiting"), code, reason, hooked_at, is_up (null: no such device), is_guessed, and where hardware is
///             wanted: hardware { is_in, code, reason, ports, and while hardware is used: flows, as "hardware" above } } ]
/// problems    [ string ]
/// findings    [ { severity ("info", "warning", "error"), code, message, place (string or null) } ]
/// </code>
/// </summary>
internal static class StatusJson
{
    public const int Version = 1;

    public static void Write(Utf8JsonWriter json, StatusReport report)
    {
        json.WriteNumber("version", Version);
        WriteDaemon(json, report);
        WriteWish(json, report.Wish);
        json.WriteStartObject("table");
        json.WriteString("state", Words.Snake(report.Table.State));
        json.WriteString("owner", report.Table.Owner);
        WriteNumber(json, "pending", report.Table.Pending);
        json.WriteEndObject();
        WriteFlows(json, report.Flows);
        WritePaths(json, report.Flows.Totals);
        WriteTrial(json, report.Trial);
        WriteHealth(json, report.Health);
        WriteChip(json, report.Chip);
        WriteDevices(json, report);
        JsonOutput.WriteStrings(json, "problems", report.Problems);
        WriteFindings(json, report);
    }

    /// <summary>Its member <c>devices</c> alone.</summary>
    public static void WriteDevices(Utf8JsonWriter json, StatusReport report)
    {
        json.WriteStartArray("devices");
        foreach (var device in report.Devices)
            WriteDevice(json, device, report.Health);
        json.WriteEndArray();
    }

    private static void WriteDaemon(Utf8JsonWriter json, StatusReport report)
    {
        if (report.Daemon is not { } daemon)
        {
            json.WriteNull("daemon");
            return;
        }

        json.WriteStartObject("daemon");
        json.WriteString("program", daemon.Program);
        json.WriteNumber("pid", daemon.Pid);
        json.WriteNumber("uptime", report.Uptime);
        json.WriteNumber("passes", daemon.Passes);
        json.WriteNumber("batches", daemon.Batches);
        json.WriteNumber("resyncs", daemon.Resyncs);
        json.WriteNumber("config_reads", daemon.ConfigReads);
        json.WriteString("refusal", daemon.Refusal);
        // Without counters one that fell out is not told from one that was idle.
        var falls = report.Accounting == true ? daemon.Watch : null;
        WriteNumber(json, "fell_out_of_hardware", falls?.FellOutOfHardware);
        WriteNumber(json, "fell_out_of_software", falls?.FellOutOfSoftware);
        WriteNumber(json, "event_losses", daemon.Watch?.Losses);
        json.WriteEndObject();
    }

    private static void WriteWish(Utf8JsonWriter json, Wish? wish)
    {
        if (wish is null)
        {
            json.WriteNull("offload");
            return;
        }

        json.WriteStartObject("offload");
        json.WriteBoolean("enabled", wish.Enabled);
        json.WriteString("mode", Words.Snake(wish.Mode));
        json.WriteBoolean("flow_offloading", wish.FlowOffloading);
        json.WriteEndObject();
    }

    private static void WritePaths(Utf8JsonWriter json, PathTotals? totals)
    {
        if (totals is null)
        {
            json.WriteNull("paths");
            return;
        }

        json.WriteStartObject("paths");
        FlowsJson.WriteTotals(json, totals);
        json.WriteEndObject();
    }

    private static void WriteFlows(Utf8JsonWriter json, FlowStatus flows)
    {
        json.WriteStartObject("flows");
        WriteNumber(json, "offloaded_so_far", (long?)flows.SoFar);
        WriteNumber(json, "connections", flows.Connections?.Total);
        WriteNumber(json, "software", flows.Connections?.Software);
        WriteNumber(json, "hardware", flows.Connections?.Hardware);
        json.WriteEndObject();
    }

    private static void WriteTrial(Utf8JsonWriter json, HardwareTrial? trial)
    {
        if (trial is null)
        {
            json.WriteNull("trial");
            return;
        }

        json.WriteStartObject("trial");
        json.WriteString("state", Words.Snake(trial.State));
        json.WriteNumber("starts", trial.Starts);
        json.WriteString("kernel", trial.Subject.Kernel);
        json.WriteString("options", DeviceName.Display(trial.Subject.Options));
        JsonOutput.WriteStrings(json, "ports", trial.Subject.Ports.Select(DeviceName.Display));
        json.WriteEndObject();
    }

    private static void WriteHealth(Utf8JsonWriter json, HardwareReport? health)
    {
        if (health is null)
        {
            json.WriteNull("hardware");
            return;
        }

        json.WriteStartObject("hardware");
        WriteCounts(json, health.Sum, health.IsMeasured);
        json.WriteEndObject();
    }

    private static void WriteChip(Utf8JsonWriter json, ChipTable? chip)
    {
        if (chip is null)
        {
            json.WriteNull("chip");
            return;
        }

        json.WriteStartObject("chip");
        json.WriteNumber("bound", chip.Bound);
        json.WriteNumber("unbound", chip.Unbound);
        json.WriteNumber("capacity_at_least", chip.Capacity);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, HardwareFlows flows, bool isMeasured)
    {
        json.WriteNumber("hardware", flows.Hardware);
        WriteNumber(json, "half", isMeasured ? flows.Half : null);
        WriteNumber(json, "unused", isMeasured ? flows.Unused : null);
        WriteNumber(json, "silent", isMeasured ? flows.Silent : null);
        json.WriteNumber("software", flows.Software);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceStatus device, HardwareReport? health)
    {
        json.WriteStartObject();
        json.WriteString("device", device.Name is null ? null : DeviceName.Display(device.Name));
        json.WriteBoolean("is_hooked", device.IsHooked);
        if (device.Decision is { } decision)
            WriteDecision(json, decision, health);
        json.WriteEndObject();
    }

    private static void WriteDecision(Utf8JsonWriter json, DeviceDecision decision, HardwareReport? health)
    {
        JsonOutput.WriteStrings(json, "networks", decision.Networks.Select(DeviceName.Display));
        JsonOutput.WriteStrings(json, "zones", decision.Zones.Select(DeviceName.Display));
        json.WriteString("outcome", Words.Snake(decision.Outcome));
        json.WriteString("code", Words.Snake(decision.Code));
        json.WriteString("reason", decision.Reason);
        JsonOutput.WriteStrings(json, "hooked_at", decision.HookedAt.Select(DeviceName.Display));
        if (decision.IsUp is { } up)
            json.WriteBoolean("is_up", up);
        else
            json.WriteNull("is_up");
        json.WriteBoolean("is_guessed", decision.IsGuessed);
        if (decision.Hardware is { } hardware)
            WriteHardware(json, hardware, health, decision.Device);
    }

    private static void WriteHardware(Utf8JsonWriter json, HardwareDecision hardware, HardwareReport? health, string? device)
    {
        json.WriteStartObject("hardware");
        json.WriteBoolean("is_in", hardware.IsIn);
        json.WriteString("code", Words.Snake(hardware.Code));
        json.WriteString("reason", hardware.Reason);
        JsonOutput.WriteStrings(json, "ports", hardware.Ports.Select(DeviceName.Display));
        if (health?.Devices.FirstOrDefault(flows => flows.Device == device) is { } flows)
        {
            json.WriteStartObject("flows");
            WriteCounts(json, flows, health.IsMeasured);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, StatusReport report)
    {
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", Words.Snake(finding.Severity));
            json.WriteString("code", finding.Code);
            json.WriteString("message", finding.Message);
            json.WriteString("place", finding.Place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
