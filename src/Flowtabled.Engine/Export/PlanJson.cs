using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    private static readonly PlanJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes it: one object, ending in <c>\n</c>, to be encoded as UTF-8.</summary>
    public static string Of(Decision decision, Plan plan)
    {
        var document = new PlanDocument(
            Version,
            Snake(decision.State.Intent),
            [.. decision.Devices.Select(Device)],
            decision.State.Table is { } table ? Table(table) : null,
            [.. plan.Steps.Select(StepDocument.Of)],
            [.. decision.Findings.Concat(plan.Findings).Select(Finding)]);
        return JsonSerializer.Serialize(document, Context.PlanDocument) + "\n";
    }

    internal static ImmutableArray<string> Shown(ImmutableArray<string> names) => [.. names.Select(DeviceName.Display)];

    private static string Snake<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static DeviceDocument Device(DeviceDecision decision) => new(
        decision.Device is { } device ? DeviceName.Display(device) : null,
        Snake(decision.Outcome),
        Snake(decision.Code),
        decision.Reason,
        Shown(decision.Networks),
        Shown(decision.Zones),
        decision.Outcome == Outcome.Moved ? Shown(decision.HookedAt) : null,
        decision.IsUp,
        decision.IsGuessed);

    private static TableDocument Table(TableSpec table) => new(
        "inet",
        table.Name,
        NftWords.Flags(table.Flags),
        [.. table.Sets.Select(static set => new SetDocument(set.Name, NftWords.Type(set.Type), Shown(set.Elements)))],
        new FlowtableDocument(
            table.Flowtable.Name, table.Flowtable.Priority, NftWords.Flags(table.Flowtable.Flags), Shown(table.Flowtable.Devices)),
        new ChainDocument(table.Chain.Name, "filter", "forward", table.Chain.Priority, "accept", [.. table.Rules.Select(NftWords.Rule)]));

    private static FindingDocument Finding(Finding finding) => new(Snake(finding.Severity), finding.Code, finding.Place, finding.Message);
}

[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
