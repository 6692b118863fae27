using System.Collections.Immutable;
using Flowtabled.Engine.Flows;

namespace Flowtabled.Flows;

/// <summary>Where an end of a connection is.</summary>
/// <param name="Device">The device that leads there, one char a byte; null when none does.</param>
/// <param name="Zones">The firewall's zones that it is in.</param>
/// <param name="Standing">How the device stands to the flowtable.</param>
internal sealed record ConnectionEnd(string? Device, ImmutableArray<string> Zones, FlowEnd Standing)
{
    /// <summary>The name of what excludes its device; null when nothing does.</summary>
    public string? ExcludedBy { get; init; }

    public static readonly ConnectionEnd Unknown = new(null, [], FlowEnd.Unknown);
}
