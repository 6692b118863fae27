using System.Collections.Immutable;
using Flowtabled.Engine.Flows;

namespace Flowtabled.Daemon.Watch;

/// <summary>What connections carry together.</summary>
internal sealed record FlowSums
{
    /// <summary>By path, every connection.</summary>
    public required PathTotals Totals { get; init; }

    /// <summary>Whether conntrack counts what connections carry; null without conntrack.</summary>
    public required bool? Accounting { get; init; }

    /// <summary>What the watch has come to.</summary>
    public required WatchSummary Watch { get; init; }

    /// <summary>How many connections are watched one by one.</summary>
    public required int Watched { get; init; }

    /// <summary>How many more there are of those that both ends have spoken on.</summary>
    public required int Others { get; init; }

    /// <summary>By address of either end, those with most bytes first.</summary>
    public required ImmutableArray<FlowSum> Hosts { get; init; }

    /// <summary>By device that leads to either end; the one without a name has those whose end is not known.</summary>
    public required ImmutableArray<FlowSum> Devices { get; init; }

    /// <summary>By zone of the firewall that either end is in.</summary>
    public required ImmutableArray<FlowSum> Zones { get; init; }
}

/// <summary>What the connections of a host, a device or a zone carry together.</summary>
/// <param name="name">Its name; null for none.</param>
internal sealed class FlowSum(string? name)
{
    private PathTotal _total;

    public string? Name => name;

    public ref PathTotal Total => ref _total;

    /// <summary>Bytes a second of those that are watched.</summary>
    public double Rate { get; set; }
}
