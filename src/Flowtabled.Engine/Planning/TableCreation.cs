using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>The steps that make a table and what is in it.</summary>
internal static class TableCreation
{
    public static ImmutableArray<PlanStep> Steps(TableSpec table, string reason) =>
    [
        new CreateTable(table.Name, table.Flags, reason),
        .. table.Sets.SelectMany(set => Set(table.Name, set, reason)),
        .. Flowtable(table.Name, table.Flowtable, reason),
        new CreateChain(table.Name, table.Chain, reason),
        .. table.Rules.Select(rule => new AddRule(table.Name, table.Chain.Name, rule, Before: null, reason)),
    ];

    public static IEnumerable<PlanStep> Set(string table, SetSpec set, string reason)
    {
        yield return new CreateSet(table, set.Name, set.Type, reason);
        foreach (var elements in Messages(set.Elements))
            yield return new AddElements(table, set.Name, set.Type, elements, reason);
    }

    public static IEnumerable<PlanStep> Flowtable(string table, FlowtableSpec flowtable, string reason)
    {
        var messages = Messages(flowtable.Devices);
        yield return new CreateFlowtable(
            table, flowtable.Name, flowtable.Priority, flowtable.Flags, messages.Count == 0 ? [] : messages[0], reason);
        foreach (var devices in messages.Skip(1))
            yield return new UpdateFlowtable(table, flowtable.Name, flowtable.Priority, flowtable.Flags, devices, reason);
    }

    /// <summary>Names in as many lots as they need messages.</summary>
    public static List<ImmutableArray<string>> Messages(IEnumerable<string> names)
    {
        var lots = new List<ImmutableArray<string>>();
        var lot = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            lot.Add(name);
            if (lot.Count == Plan.MaxNames)
                lots.Add(lot.DrainToImmutable());
        }

        if (lot.Count > 0)
            lots.Add(lot.DrainToImmutable());
        return lots;
    }
}
