using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>Finds the rules that are already there.</summary>
internal static class RuleMatch
{
    /// <summary>
    /// For each of the rules that are <paramref name="wanted"/> the one that was <paramref name="found"/> and can stay where it is;
    /// <see langword="null"/> for one that has to be added. Those that stay are in the order in which they were found.
    /// </summary>
    public static ImmutableArray<ObservedRule?> Kept(ImmutableArray<RuleSpec> wanted, IEnumerable<ObservedRule> found)
    {
        var rest = new Queue<ObservedRule>(found);
        var kept = ImmutableArray.CreateBuilder<ObservedRule?>(wanted.Length);
        foreach (var rule in wanted)
        {
            if (!rest.Any(candidate => rule.Equals(candidate.Spec)))
            {
                kept.Add(null);
                continue;
            }

            while (!rule.Equals(rest.Peek().Spec))
                rest.Dequeue();
            kept.Add(rest.Dequeue());
        }

        return kept.MoveToImmutable();
    }
}
