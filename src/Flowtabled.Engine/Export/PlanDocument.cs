using System.Collections.Immutable;

namespace Flowtabled.Engine.Export;

// The shape of PlanJson's document, nothing else.
internal sealed record PlanDocument(
    int Version,
    string Intent,
    ImmutableArray<DeviceDocument> Devices,
    TableDocument? Table,
    ImmutableArray<StepDocument> Steps,
    ImmutableArray<FindingDocument> Findings);

internal sealed record DeviceDocument(
    string? Device,
    string Outcome,
    string Code,
    string Reason,
    ImmutableArray<string> Networks,
    ImmutableArray<string> Zones,
    ImmutableArray<string>? HookedAt,
    bool? IsUp,
    bool IsGuessed);

internal sealed record TableDocument(
    string Family,
    string Name,
    ImmutableArray<string> Flags,
    ImmutableArray<SetDocument> Sets,
    FlowtableDocument Flowtable,
    ChainDocument Chain);

internal sealed record SetDocument(string Name, string Type, ImmutableArray<string> Elements);

internal sealed record FlowtableDocument(string Name, int Priority, ImmutableArray<string> Flags, ImmutableArray<string> Devices);

internal sealed record ChainDocument(string Name, string Type, string Hook, int Priority, string Policy, ImmutableArray<string> Rules);

internal sealed record FindingDocument(string Severity, string Code, string? Place, string Message);
