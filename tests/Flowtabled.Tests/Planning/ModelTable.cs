using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using static Flowtabled.Tests.Planning.ModelKernel;

namespace Flowtabled.Tests.Planning;

/// <summary>A flowtable; its handle tells whether it is still the same one.</summary>
internal sealed record ModelFlowtable(ulong Handle, int Priority, FlowtableFlags Flags, ImmutableHashSet<string> Devices);

/// <summary>A set; without a type it is somebody's map, which can refer to chains and objects.</summary>
internal sealed record ModelSet(SetType? Type, ImmutableHashSet<string> Elements, ImmutableHashSet<string> Refers);

/// <summary>A rule; without a specification it is somebody's, and <paramref name="Refers"/> says what it refers to.</summary>
internal sealed record ModelRule(ulong Handle, RuleSpec? Spec, ImmutableHashSet<string> Refers);

internal sealed record ModelChain(ChainSpec? Spec, ImmutableList<ModelRule> Rules);

/// <summary>
/// A table of <see cref="ModelKernel"/>. References are written as <c>set:name</c>, <c>flowtable:name</c>, <c>chain:name</c>,
/// <c>object:name</c>.
/// </summary>
internal sealed class ModelTable(string name, ulong handle)
{
    public string Name { get; } = name;

    public ulong Handle { get; } = handle;

    public TableFlags Flags { get; set; }

    public TableOwner? Owner { get; set; }

    public Dictionary<string, ModelSet> Sets { get; private init; } = [];

    public Dictionary<string, ModelFlowtable> Flowtables { get; private init; } = [];

    public Dictionary<string, ModelChain> Chains { get; private init; } = [];

    public Dictionary<string, uint> Objects { get; private init; } = [];

    public ModelTable Clone() => new(Name, Handle)
    {
        Flags = Flags,
        Owner = Owner,
        Sets = new(Sets),
        Flowtables = new(Flowtables),
        Chains = new(Chains),
        Objects = new(Objects),
    };

    public ObservedTable Observe() => new(
        Name,
        Flags,
        Owner,
        [.. Sets.Select(set => new ObservedSet(
            set.Key, set.Value.Type is { } type ? new SetSpec(set.Key, type, [.. set.Value.Elements]) : null))],
        [.. Flowtables.Select(flowtable => new FlowtableSpec(
            flowtable.Key, flowtable.Value.Priority, flowtable.Value.Flags, [.. flowtable.Value.Devices]))],
        [.. Chains.Select(chain => new ObservedChain(
            chain.Key, chain.Value.Spec, [.. chain.Value.Rules.Select(rule => new ObservedRule(rule.Handle, rule.Spec))]))],
        [.. Objects.Select(item => new ObservedObject(item.Key, item.Value))]);

    /// <summary>A device is gone: the kernel drops its hooks and tells nobody.</summary>
    public void Vanish(string device)
    {
        foreach (var (name, flowtable) in Flowtables.ToList())
            Flowtables[name] = flowtable with { Devices = flowtable.Devices.Remove(device) };
    }

    public void Apply(PlanStep step, ModelKernel kernel)
    {
        switch (step)
        {
            case CreateSet create:
                Refuse(Sets.ContainsKey(create.Set), "EEXIST", step);
                Sets[create.Set] = new ModelSet(create.Type, [], []);
                break;
            case DeleteSet delete:
                Refuse(!Sets.ContainsKey(delete.Set), "ENOENT", step);
                Refuse(IsReferredTo($"set:{delete.Set}"), "EBUSY", step);
                Sets.Remove(delete.Set);
                break;
            case AddElements add:
                Change(add.Set, add.Elements, step, (found, elements) =>
                {
                    Refuse(elements.Any(found.Contains), "EEXIST", step);
                    return found.Union(elements);
                });
                break;
            case RemoveElements remove:
                Change(remove.Set, remove.Elements, step, (found, elements) =>
                {
                    Refuse(!elements.All(found.Contains), "ENOENT", step);
                    return found.Except(elements);
                });
                break;
            case CreateFlowtable create:
                Refuse(Flowtables.ContainsKey(create.Flowtable), "EEXIST", step);
                RefuseDevices(create.Devices, create.Flowtable, kernel, step);
                Flowtables[create.Flowtable] = new ModelFlowtable(kernel.NextHandle(), create.Priority, create.Flags, [.. create.Devices]);
                break;
            case UpdateFlowtable update:
                Update(update, kernel);
                break;
            case RemoveDevices remove:
                Refuse(!Flowtables.TryGetValue(remove.Flowtable, out var flowtable), "ENOENT", step);
                Refuse(remove.Devices.Length > 255, "EFBIG", step);
                Refuse(!remove.Devices.All(flowtable!.Devices.Contains), "ENOENT", step);
                Flowtables[remove.Flowtable] = flowtable with { Devices = flowtable.Devices.Except(remove.Devices) };
                break;
            case DeleteFlowtable delete:
                Refuse(!Flowtables.ContainsKey(delete.Flowtable), "ENOENT", step);
                Refuse(IsReferredTo($"flowtable:{delete.Flowtable}"), "EBUSY", step);
                Flowtables.Remove(delete.Flowtable);
                break;
            case CreateChain create:
                Refuse(Chains.ContainsKey(create.Chain.Name), "EEXIST", step);
                Chains[create.Chain.Name] = new ModelChain(create.Chain, []);
                break;
            case DeleteChain delete:
                Refuse(!Chains.TryGetValue(delete.Chain, out var chain), "ENOENT", step);
                Refuse(!chain!.Rules.IsEmpty || IsReferredTo($"chain:{delete.Chain}"), "EBUSY", step);
                Chains.Remove(delete.Chain);
                break;
            case AddRule add:
                Add(add, kernel);
                break;
            case DeleteRule delete:
                Delete(delete);
                break;
            case DeleteObject delete:
                Refuse(!Objects.TryGetValue(delete.Name, out var type) || type != delete.Type, "ENOENT", step);
                Refuse(IsReferredTo($"object:{delete.Name}"), "EBUSY", step);
                Objects.Remove(delete.Name);
                break;
            default:
                throw new NotSupportedException($"the model does not know {step}");
        }
    }

    private void Change(
        string set,
        ImmutableArray<string> names,
        PlanStep step,
        Func<ImmutableHashSet<string>, ImmutableArray<string>, ImmutableHashSet<string>> change)
    {
        Refuse(!Sets.TryGetValue(set, out var found), "ENOENT", step);
        Refuse(names.Length is 0 or > 255, "EINVAL", step);
        Refuse(names.Distinct().Count() != names.Length, "EEXIST", step);
        Sets[set] = found! with { Elements = change(found.Elements, names) };
    }

    private void Update(UpdateFlowtable update, ModelKernel kernel)
    {
        Refuse(!Flowtables.TryGetValue(update.Flowtable, out var found), "ENOENT", update);
        Refuse(found!.Priority != update.Priority, "EOPNOTSUPP", update);
        Refuse(((found.Flags ^ update.Flags) & FlowtableFlags.HwOffload) != 0, "EOPNOTSUPP", update);
        RefuseDevices(update.Devices, update.Flowtable, kernel, update);
        Flowtables[update.Flowtable] = found with { Flags = update.Flags, Devices = found.Devices.Union(update.Devices) };
    }

    private void RefuseDevices(ImmutableArray<string> devices, string flowtable, ModelKernel kernel, PlanStep step)
    {
        Refuse(devices.Length > 255, "EFBIG", step);
        Refuse(!devices.All(kernel.Devices.Contains), "ENOENT", step);
        Refuse(devices.Distinct().Count() != devices.Length, "EEXIST", step);
        Refuse(Flowtables.Any(other => other.Key != flowtable && devices.Any(other.Value.Devices.Contains)), "EEXIST", step);
    }

    private void Add(AddRule add, ModelKernel kernel)
    {
        Refuse(!Chains.TryGetValue(add.Chain, out var chain), "ENOENT", add);
        var refers = Refers(add.Rule);
        Refuse(!refers.All(Exists), "ENOENT", add);
        var at = add.Before is { } before ? chain!.Rules.FindIndex(rule => rule.Handle == before) : chain!.Rules.Count;
        Refuse(at < 0, "ENOENT", add);
        Chains[add.Chain] = chain with { Rules = chain.Rules.Insert(at, new ModelRule(kernel.NextHandle(), add.Rule, refers)) };
    }

    private void Delete(DeleteRule delete)
    {
        Refuse(!Chains.TryGetValue(delete.Chain, out var chain), "ENOENT", delete);
        var rule = chain!.Rules.Find(rule => rule.Handle == delete.Handle);
        Refuse(rule is null, "ENOENT", delete);
        Chains[delete.Chain] = chain with { Rules = chain.Rules.Remove(rule!) };
    }

    public static ImmutableHashSet<string> Refers(RuleSpec rule) =>
    [
        .. rule.Statements.OfType<FlowAdd>().Select(static flow => $"flowtable:{flow.Flowtable}"),
        .. rule.Statements.OfType<InterfaceInSet>().Select(static lookup => $"set:{lookup.Set}"),
        .. rule.Statements.OfType<ConnectionInSet>().Select(static lookup => $"set:{lookup.Set}"),
    ];

    private bool Exists(string reference) => reference.Split(':') switch
    {
        ["flowtable", var flowtable] => Flowtables.ContainsKey(flowtable),
        ["set", var set] => Sets.ContainsKey(set),
        ["chain", var chain] => Chains.ContainsKey(chain),
        _ => Objects.ContainsKey(reference.Split(':')[1]),
    };

    private bool IsReferredTo(string reference) =>
        Chains.Values.Any(chain => chain.Rules.Any(rule => rule.Refers.Contains(reference)))
        || Sets.Values.Any(set => set.Refers.Contains(reference));
}
