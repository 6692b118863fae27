using Flowtabled.Engine.Flows;
using Flowtabled.Flows;

namespace Flowtabled.Daemon.Watch;

/// <summary>What somebody wants to know of connections.</summary>
/// <param name="Number">Whose question it is.</param>
/// <param name="IsForTotals">Whether sums are wanted, and not connections.</param>
/// <param name="Limit">How many connections or hosts at most.</param>
internal sealed record FlowQuestion(int Number, bool IsForTotals, int Limit)
{
    /// <summary>Which connections.</summary>
    public ConnectionChoice Choice { get; init; } = new();

    /// <summary>Which of them first.</summary>
    public FlowOrder Order { get; init; }

    /// <summary>The last one of the page before; null for the first page.</summary>
    public FlowRank? After { get; init; }
}
