using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Export;

/// <summary>
/// A plan for programs. Names are those of <see cref="Decision"/>, <see cref="TableSpec"/> and the steps in lower case with underscores;
/// what does not apply is left out; names of devices are as <see cref="DeviceName.Display"/> shows them.
/// </summary>
public static class PlanJson
{
    /// <summary>Goes up when a program that reads the document would have to change. New members do not count.</summary>
    public const int Version = 1;

    // Written member by member: the serializer would be a tenth of the program.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it: one object, ending in <c>\n</c>, to be encoded as UTF-8.</summary>
    public static string Of(Decision decision, Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, decision, plan);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    internal static ImmutableArray<string> Shown(ImmutableArray<string> names) => [.. names.Select(DeviceName.Display)];

    internal static void WriteStrings(Utf8JsonWriter json, string member, ImmutableArray<string> values)
    {
        json.WriteStartArray(member);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Decision decision, Plan plan)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("intent", Snake(decision.State.Intent));
        json.WriteStartArray("devices");
        foreach (var device in decision.Devices)
            Write(json, device);
        json.WriteEndArray();
        json.WriteStartArray("exclusions");
        foreach (var exclusion in decision.Exclusions)
            Write(json, exclusion);
        json.WriteEndArray();
        if (decision.State.Table is { } table)
            Write(json, "table", table);
        if (decision.State.Hardware is { } hardware)
            Write(json, "hardware_table", hardware);
        json.WriteStartArray("steps");
        foreach (var step in plan.Steps)
            StepJson.Write(json, step);
        json.WriteEndArray();
        if (plan.EmptiesHardware)
            json.WriteBoolean("empties_hardware", true);
        json.WriteStartArray("findings");
        foreach (var finding in decision.Findings)
            Write(json, finding);
        foreach (var finding in plan.Findings)
            Write(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DeviceDecision decision)
    {
        json.WriteStartObject();
        if (decision.Device is { } device)
            json.WriteString("device", DeviceName.Display(device));
        json.WriteString("outcome", Snake(decision.Outcome));
        json.WriteString("code", Snake(decision.Code));
        json.WriteString("reason", decision.Reason);
        WriteStrings(json, "networks", Shown(decision.Networks));
        WriteStrings(json, "zones", Shown(decision.Zones));
        if (decision.Outcome == Outcome.Moved)
            WriteStrings(json, "hooked_at", Shown(decision.HookedAt));
        if (decision.IsUp is { } isUp)
            json.WriteBoolean("is_up", isUp);
        json.WriteBoolean("is_guessed", decision.IsGuessed);
        if (decision.Hardware is { } hardware)
            Write(json, hardware);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NamedExclusion exclusion)
    {
        json.WriteStartObject();
        json.WriteString("name", exclusion.Name);
        WriteStrings(json, "hosts", exclusion.HostTexts);
        WriteStrings(json, "ports", exclusion.PortTexts);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, HardwareDecision hardware)
    {
        json.WriteStartObject("hardware");
        json.WriteBoolean("is_in", hardware.IsIn);
        json.WriteString("code", Snake(hardware.Code));
        json.WriteString("reason", hardware.Reason);
        WriteStrings(json, "ports", Shown(hardware.Ports));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string member, TableSpec table)
    {
        json.WriteStartObject(member);
        json.WriteString("family", "inet");
        json.WriteString("name", table.Name);
        WriteStrings(json, "flags", NftWords.Flags(table.Flags));
        json.WriteStartArray("sets");
        foreach (var set in table.Sets)
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("type", NftWords.Type(set.Type));
            WriteStrings(json, "flags", NftWords.Flags(set.Type));
            if (set.IsTimed)
                json.WriteNumber("size", SetSpec.MaxTimed);
            WriteStrings(json, "elements", Shown(set.Elements));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("flowtable");
        json.WriteString("name", table.Flowtable.Name);
        json.WriteNumber("priority", table.Flowtable.Priority);
        WriteStrings(json, "flags", NftWords.Flags(table.Flowtable.Flags));
        WriteStrings(json, "devices", Shown(table.Flowtable.Devices));
        json.WriteEndObject();
        json.WriteStartObject("chain");
        json.WriteString("name", table.Chain.Name);
        json.WriteString("type", "filter");
        json.WriteString("hook", "forward");
        json.WriteNumber("priority", table.Chain.Priority);
        json.WriteString("policy", "accept");
        WriteStrings(json, "rules", [.. table.Rules.Select(NftWords.Rule)]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("severity", Snake(finding.Severity));
        json.WriteString("code", finding.Code);
        if (finding.Place is not null)
            json.WriteString("place", finding.Place);
        json.WriteString("message", finding.Message);
        json.WriteEndObject();
    }

    private static string Snake(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
