using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>A rule. Two rules are equal when they do the same and say the same.</summary>
/// <param name="Statements">What it matches and does, in order.</param>
/// <param name="Comment">Its comment as nft shows it (user data of the rule), ASCII without quotes; empty for none.</param>
public sealed record RuleSpec(ImmutableArray<Statement> Statements, string Comment)
{
    /// <inheritdoc/>
    public bool Equals(RuleSpec? other) =>
        other is not null && Comment == other.Comment && Statements.AsSpan().SequenceEqual(other.Statements.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Comment, Statements.Length);
}
