using Flowtabled.Flows;

namespace Flowtabled.Daemon.Watch;

/// <summary>The answer to a <see cref="FlowQuestion"/>: one of its members is not null.</summary>
/// <param name="Number">Whose question it was.</param>
internal sealed record FlowAnswer(int Number)
{
    /// <summary>The connections.</summary>
    public FlowListing? Flows { get; init; }

    /// <summary>The sums.</summary>
    public FlowSums? Sums { get; init; }

    /// <summary>Why there is no answer.</summary>
    public string? Problem { get; init; }
}
