using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>
/// The steps that change a table into what is wanted. What goes, goes first, and rules before what they refer to (<c>EBUSY</c>); what
/// comes, comes in the other order (<c>ENOENT</c>). It is one batch: no packet sees anything in between.
/// </summary>
internal sealed class TableChange
{
    private const string Foreign = "not one of ours";
    private const string Missing = "it is not there";

    private readonly TableSpec _wanted;
    private readonly ObservedTable _found;
    private readonly List<PlanStep> _steps = [];

    // What stays, perhaps with changes inside. The rest of what was found is deleted.
    private readonly ImmutableArray<SetSpec> _sets;
    private readonly FlowtableSpec? _flowtable;
    private readonly ObservedChain? _chain;
    private readonly ImmutableArray<ObservedRule?> _rules;

    private TableChange(TableSpec wanted, ObservedTable found)
    {
        _wanted = wanted;
        _found = found;
        _sets = [.. found.Sets.Where(set => WhyNot(set) is null).Select(static set => set.Spec!)];
        _flowtable = found.Flowtables.FirstOrDefault(flowtable => WhyNot(flowtable) is null);
        _chain = found.Chains.FirstOrDefault(chain => WhyNot(chain) is null);
        _rules = RuleMatch.Kept(wanted.Rules, _chain is null ? [] : _chain.Rules.Where(HasWhatItRefersTo));
    }

    public static ImmutableArray<PlanStep> Steps(TableSpec wanted, ObservedTable found)
    {
        var change = new TableChange(wanted, found);
        change.Delete();
        change.ChangeSets();
        change.ChangeFlowtable();
        change.ChangeChain();
        return [.. change._steps];
    }

    private void Delete()
    {
        foreach (var chain in _found.Chains)
        {
            foreach (var rule in chain.Rules.Where(rule => chain != _chain || !_rules.Contains(rule)))
                _steps.Add(new DeleteRule(_found.Name, chain.Name, rule.Handle, WhyNot(rule)));
        }

        // A map can refer to chains and objects, so sets and maps go before those.
        foreach (var set in _found.Sets)
        {
            if (WhyNot(set) is { } reason)
                _steps.Add(new DeleteSet(_found.Name, set.Name, reason));
        }

        foreach (var chain in _found.Chains)
        {
            if (WhyNot(chain) is { } reason)
                _steps.Add(new DeleteChain(_found.Name, chain.Name, reason));
        }

        foreach (var flowtable in _found.Flowtables)
        {
            if (WhyNot(flowtable) is { } reason)
                _steps.Add(new DeleteFlowtable(_found.Name, flowtable.Name, reason));
        }

        foreach (var item in _found.Objects)
            _steps.Add(new DeleteObject(_found.Name, item.Name, item.Type, Foreign));
    }

    private void ChangeSets()
    {
        foreach (var wanted in _wanted.Sets)
        {
            if (_sets.FirstOrDefault(set => set.Name == wanted.Name) is not { } found)
            {
                _steps.AddRange(TableCreation.Set(_found.Name, wanted, Missing));
                continue;
            }

            if (wanted.IsTimed)
                continue;
            foreach (var elements in TableCreation.Messages(found.Elements.Except(wanted.Elements)))
                _steps.Add(new RemoveElements(_found.Name, wanted.Name, wanted.Type, elements, "not excluded any more"));
            foreach (var elements in TableCreation.Messages(wanted.Elements.Except(found.Elements)))
                _steps.Add(new AddElements(_found.Name, wanted.Name, wanted.Type, elements, "excluded now"));
        }
    }

    private void ChangeFlowtable()
    {
        var wanted = _wanted.Flowtable;
        if (_flowtable is not { } found)
        {
            _steps.AddRange(TableCreation.Flowtable(_found.Name, wanted, Missing));
            return;
        }

        foreach (var devices in TableCreation.Messages(found.Devices.Except(wanted.Devices)))
            _steps.Add(new RemoveDevices(_found.Name, wanted.Name, devices, "not wanted any more"));

        var added = TableCreation.Messages(wanted.Devices.Except(found.Devices));
        foreach (var devices in added)
            _steps.Add(new UpdateFlowtable(_found.Name, wanted.Name, wanted.Priority, wanted.Flags, devices, "wanted now"));

        if (added.Count == 0 && found.Flags != wanted.Flags)
        {
            var reason = wanted.Flags.HasFlag(FlowtableFlags.Counter) ? "flows are to be counted" : "flows are not to be counted";
            _steps.Add(new UpdateFlowtable(_found.Name, wanted.Name, wanted.Priority, wanted.Flags, [], reason));
        }
    }

    private void ChangeChain()
    {
        if (_chain is null)
            _steps.Add(new CreateChain(_found.Name, _wanted.Chain, Missing));

        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i] is null)
                _steps.Add(new AddRule(_found.Name, _wanted.Chain.Name, _wanted.Rules[i], Before: FirstKept(after: i), Missing));
        }
    }

    private ulong? FirstKept(int after) => _rules.Skip(after).FirstOrDefault(static rule => rule is not null)?.Handle;

    private bool HasWhatItRefersTo(ObservedRule rule) => rule.Spec is not null && rule.Spec.Statements.All(statement => statement switch
    {
        FlowAdd flow => _flowtable?.Name == flow.Flowtable,
        InterfaceInSet lookup => _sets.Any(set => set.Name == lookup.Set),
        ConnectionInSet lookup => _sets.Any(set => set.Name == lookup.Set),
        _ => true,
    });

    private static string WhyNot(ObservedRule rule) => rule.Spec is null ? Foreign : "not wanted, or not there";

    private string? WhyNot(ObservedSet found)
    {
        if (_wanted.Sets.FirstOrDefault(set => set.Name == found.Name) is not { } wanted)
            return found.Spec is null ? Foreign : "not wanted any more";

        return found.Spec?.Type == wanted.Type ? null : "not of the type that it should be";
    }

    private string? WhyNot(FlowtableSpec found)
    {
        var wanted = _wanted.Flowtable;
        if (found.Name != wanted.Name)
            return Foreign;
        if (found.Priority != wanted.Priority)
            return $"its priority cannot be changed from {found.Priority} to {wanted.Priority}";

        return ((found.Flags ^ wanted.Flags) & FlowtableFlags.HwOffload) == 0 ? null : "hardware offload cannot be switched on or off";
    }

    private string? WhyNot(ObservedChain found)
    {
        if (found.Name != _wanted.Chain.Name)
            return Foreign;

        return found.Spec == _wanted.Chain ? null : "not the base chain that it should be";
    }
}
