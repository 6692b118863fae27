using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>
/// What comes first when a chip's ports are to be unbound while flows are in it. The kernel takes the driver's callback away before it
/// tells the driver to forget the flows (<c>nf_tables_commit</c>, then <c>nf_flow_table_free</c>): the chip would go on forwarding them,
/// with addresses that are somebody else's by then, and nobody would know. So only the rule goes, until the flows have left.
/// </summary>
internal static class HardwareEmptying
{
    /// <summary>Whether <paramref name="steps"/> unbind a port from a chip.</summary>
    public static bool IsNeeded(IEnumerable<PlanStep> steps, ObservedTable table)
    {
        return steps.Any(step => step switch
        {
            DeleteTable => table.Flowtables.Any(IsBound),
            DeleteFlowtable delete => table.Flowtables.Any(flowtable => flowtable.Name == delete.Flowtable && IsBound(flowtable)),
            RemoveDevices remove => table.Flowtables.Any(flowtable => flowtable.Name == remove.Flowtable && IsBound(flowtable)),
            _ => false,
        });
    }

    /// <summary>The steps that let no further flow in.</summary>
    public static ImmutableArray<PlanStep> Steps(ObservedTable table) =>
    [
        .. table.Chains.SelectMany(chain => chain.Rules.Select(
            rule => new DeleteRule(table.Name, chain.Name, rule.Handle, "flows leave the hardware before it is unbound"))),
    ];

    private static bool IsBound(FlowtableSpec flowtable) => flowtable.Flags.HasFlag(FlowtableFlags.HwOffload) && !flowtable.Devices.IsEmpty;
}
