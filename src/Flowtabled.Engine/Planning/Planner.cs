using System.Collections.Immutable;
using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Planning;

/// <summary>Works out what to send.</summary>
public static class Planner
{
    /// <summary>
    /// The smallest batch that makes <paramref name="observed"/> into <paramref name="desired"/>. Devices that are in both are not
    /// touched, so flows on them stay offloaded.
    /// </summary>
    public static Plan Plan(DesiredState desired, ObservedState observed)
    {
        if (desired.Intent == TableIntent.Untouched)
            return new Plan([], [.. observed.Tables.Select(LeftOver)]);

        var owned = observed.Tables.Where(static table => table.Owner is { IsUs: false });
        if (owned.Any(static _ => true))
            return new Plan([], [.. owned.Select(static table => Owned(table, table.Owner!))]);

        var hardware = Steps(desired.Hardware, observed.Hardware, "nothing is to be in hardware");
        var isEmptying = observed is { Hardware: { } bound, HardwareFlows: > 0 } && HardwareEmptying.IsNeeded(hardware, bound);
        if (isEmptying)
            hardware = HardwareEmptying.Steps(observed.Hardware!);
        var taken = desired.Intent == TableIntent.Present ? observed.Firewall : null;
        var takeover = taken is null ? [] : FirewallTakeover.Steps(taken, observed.HardwareFlows);
        // What is in hardware then is the firewall's.
        isEmptying |= desired.Hardware is null && taken is { BindsHardware: true } && observed.HardwareFlows > 0;
        return new Plan([.. takeover, .. hardware, .. Steps(desired.Table, observed.Table, "nothing is to be offloaded")], [], isEmptying);
    }

    private static ImmutableArray<PlanStep> Steps(TableSpec? wanted, ObservedTable? found, string unwanted) => (wanted, found) switch
    {
        (null, null) => [],
        (null, { } table) => [new DeleteTable(table.Name, unwanted)],
        ({ } table, null) => TableCreation.Steps(table, "there is no such table"),
        ({ } table, { } old) => Change(table, old),
    };

    private static ImmutableArray<PlanStep> Change(TableSpec wanted, ObservedTable table)
    {
        // The kernel lets an orphan be adopted and refuses every other change of these flags (nf_tables_updtable).
        const TableFlags Owned = TableFlags.Owner | TableFlags.Persist;
        if (wanted.Flags == Owned && table.Flags == TableFlags.Persist)
            return [new AdoptTable(table.Name, Owned, "its last owner has gone"), .. TableChange.Steps(wanted, table)];

        if (wanted.Flags == table.Flags)
            return TableChange.Steps(wanted, table);

        var reason = $"its flags cannot be changed from {Words(table.Flags)} to {Words(wanted.Flags)}";
        return [new DeleteTable(table.Name, reason), .. TableCreation.Steps(wanted, "in its place")];
    }

    private static string Words(TableFlags flags) => flags.ToString().ToLowerInvariant();

    private static Finding LeftOver(ObservedTable table) => new(
        FindingSeverity.Warning,
        "table_left_over",
        "observe mode changes nothing, so the table that is there goes on offloading: "
        + (table.Owner is null ? $"delete it with 'nft delete table inet {table.Name}'" : "it goes when its owner ends: 'service flowtabled stop'"),
        $"table inet {table.Name}");

    private static Finding Owned(ObservedTable table, TableOwner owner) => new(
        FindingSeverity.Error,
        "table_owned",
        "another program owns the table and the kernel lets no one else change it: its netlink port, as a rule its process id, is "
        + $"{owner.PortId}",
        $"table inet {table.Name}");
}
