using Flowtabled.Engine.Flows;

namespace Flowtabled.Flows;

/// <summary>What <c>flowtabled flows</c> prints.</summary>
/// <param name="Totals">Every connection, whatever is chosen.</param>
/// <param name="Connections">Those that are shown, in order.</param>
/// <param name="Chosen">How many were chosen; of more than the limit the first are shown.</param>
/// <param name="HasRates">Whether rates were asked for.</param>
internal sealed record FlowListing(PathTotals Totals, IReadOnlyList<Connection> Connections, int Chosen, bool HasRates)
{
    /// <summary>Whether they are watched: each has a history then, and there are pages.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? Cursor { get; init; }
}
