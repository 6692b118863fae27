using System.Collections.Immutable;
using System.Text.Json;
using Flowtabled.Cli;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Config;

/// <summary>
/// Prints the configuration in effect for programs:
/// <code>
/// flow_offloading, flow_offloading_hw                             of the firewall
/// enabled, mode, counter, log_level, hw, hw_shaped, hw_trial, hw_flow_timeout (number or null), drain_timeout,
/// accounting, max_flows
/// devices     [ { name, exclude, level, hw } ]                    those of other programs' exclusions among them
/// exclusions  [ { name, and [ string ]: devices, hosts, ports } ]  of the sections exclude, and of other programs
/// problems    [ string ]                                          files that cannot be read
/// </code>
/// </summary>
internal static class ConfigJson
{
    public static void Write(Utf8JsonWriter json, ConfigSnapshot config, ImmutableArray<NamedExclusion> exclusions)
    {
        var ours = config.Flowtabled;
        json.WriteBoolean("flow_offloading", config.Firewall.FlowOffloading);
        json.WriteBoolean("flow_offloading_hw", config.Firewall.FlowOffloadingHw);
        json.WriteBoolean("enabled", ours.Enabled);
        json.WriteString("mode", Words.Snake(ours.Mode));
        json.WriteBoolean("counter", ours.Counter);
        json.WriteString("log_level", Words.Snake(ours.LogLevel));
        json.WriteString("hw", Words.Snake(ours.Hw));
        json.WriteString("hw_shaped", Words.Snake(ours.HwShaped));
        json.WriteNumber("hw_trial", ours.HwTrial);
        if (ours.HwFlowTimeout is { } timeout)
            json.WriteNumber("hw_flow_timeout", timeout);
        else
            json.WriteNull("hw_flow_timeout");
        json.WriteNumber("drain_timeout", ours.DrainTimeout);
        json.WriteBoolean("accounting", ours.Accounting);
        json.WriteNumber("max_flows", ours.MaxFlows);
        json.WriteStartArray("devices");
        foreach (var device in ours.Devices)
        {
            json.WriteStartObject();
            json.WriteString("name", DeviceName.Display(device.Name));
            json.WriteBoolean("exclude", device.Exclude);
            json.WriteString("level", Words.Snake(device.Level));
            json.WriteString("hw", Words.Snake(device.Hw));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("exclusions");
        foreach (var exclusion in ours.Exclusions)
            Write(json, exclusion);
        foreach (var exclusion in exclusions)
        {
            if (!exclusion.HasTraffic)
                Write(json, exclusion);
        }

        json.WriteEndArray();
        JsonOutput.WriteStrings(json, "problems", config.Problems.Select(static problem => problem.ToString()));
    }

    private static void Write(Utf8JsonWriter json, NamedExclusion exclusion)
    {
        json.WriteStartObject();
        json.WriteString("name", exclusion.Name);
        JsonOutput.WriteStrings(json, "devices", exclusion.Devices.Select(DeviceName.Display));
        JsonOutput.WriteStrings(json, "hosts", exclusion.HostTexts);
        JsonOutput.WriteStrings(json, "ports", exclusion.PortTexts);
        json.WriteEndObject();
    }
}
