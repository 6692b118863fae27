using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace Flowtabled.Tests.Planning;

/// <summary>Tables to plan for and kernels to plan against, made up.</summary>
internal static class Tables
{
    public const string Name = "flowtabled";

    private static readonly ImmutableArray<string> Names = [.. Enumerable.Range(0, 9).Select(static i => $"eth{i}")];

    private static readonly ImmutableArray<string> Ports = ["22", "80-89", "443"];

    // More than go into one message.
    private static readonly ImmutableArray<string> ManyNames = [.. Enumerable.Range(0, 600).Select(static i => $"v{i}")];

    public static readonly RuleSpec Offload = new(
        [new CtStateEstablished(), new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp), new FlowAdd("sw"), new Counter()], "offload");

    public static readonly RuleSpec LeaveInput = new(
        [new InterfaceInSet(InterfaceSide.Input, "excluded_devices"), new ReturnVerdict()], "in");

    public static readonly RuleSpec LeaveOutput = new(
        [new InterfaceInSet(InterfaceSide.Output, "excluded_devices"), new ReturnVerdict()], "out");

    public static readonly RuleSpec LeaveHeld = new([new ConnectionInSet(ConnectionPart.Whole4, "held4"), new ReturnVerdict()], "held");

    public static readonly RuleSpec LeavePort = new([new ConnectionInSet(ConnectionPart.ServerPort, "excluded_ports"), new ReturnVerdict()], "port");

    private static readonly RuleSpec CountOnly = new([new Counter()], "");

    /// <summary>A table with some of everything, with <paramref name="devices"/> in the flowtable.</summary>
    public static TableSpec Plain(params string[] devices) => new(
        Name,
        TableFlags.None,
        [],
        new FlowtableSpec("sw", 0, FlowtableFlags.Counter, [.. devices]),
        new ChainSpec("forward", 10),
        [Offload]);

    public static TableSpec Excluding(this TableSpec table, params string[] names) => table with
    {
        Sets = [new SetSpec("excluded_devices", SetType.InterfaceName, [.. names])],
        Rules = [LeaveInput, LeaveOutput, Offload],
    };

    /// <summary>A kernel that has <paramref name="table"/>, or nothing, and all devices that anything here names.</summary>
    public static ModelKernel Kernel(TableSpec? table)
    {
        var kernel = new ModelKernel();
        kernel.Devices.UnionWith([.. Names, .. ManyNames, .. table?.Flowtable.Devices ?? []]);
        if (table is not null)
            kernel.Apply(Planner.Plan(DesiredState.Present(table), kernel.Observe()).Steps);
        return kernel;
    }

    public static Gen<TableSpec> Wanted { get; } =
        from flags in Gen.Elements(TableFlags.None, TableFlags.Owner | TableFlags.Persist)
        from hasSet in Gen.Elements(true, false)
        from elements in Some(Names)
        from devices in Gen.Frequency((9, Some(Names)), (1, Some(ManyNames)))
        from priority in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(-5)))
        from counter in Gen.Elements(FlowtableFlags.None, FlowtableFlags.Counter)
        from hardware in Gen.Frequency((4, Gen.Constant(FlowtableFlags.None)), (1, Gen.Constant(FlowtableFlags.HwOffload)))
        from chainPriority in Gen.Frequency((4, Gen.Constant(10)), (1, Gen.Constant(5)))
        from hasHeld in Gen.Elements(true, false)
        from ports in Gen.Frequency((1, Gen.Constant(ImmutableArray<string>.Empty)), (1, Some(Ports)))
        from rules in Some<RuleSpec>(
            [
                .. hasSet ? (ReadOnlySpan<RuleSpec>)[LeaveInput, LeaveOutput] : [],
                .. ports.IsEmpty ? (ReadOnlySpan<RuleSpec>)[] : [LeavePort],
                .. hasHeld ? (ReadOnlySpan<RuleSpec>)[LeaveHeld] : [],
                Offload,
                CountOnly,
                CountOnly,
            ])
        select new TableSpec(
            Name,
            flags,
            [
                .. hasSet ? (ReadOnlySpan<SetSpec>)[new SetSpec("excluded_devices", SetType.InterfaceName, elements)] : [],
                .. ports.IsEmpty ? (ReadOnlySpan<SetSpec>)[] : [new SetSpec("excluded_ports", SetType.Port, ports)],
                .. hasHeld ? (ReadOnlySpan<SetSpec>)[new SetSpec("held4", SetType.Connection4, [])] : [],
            ],
            new FlowtableSpec("sw", priority, counter | hardware, devices),
            new ChainSpec("forward", chainPriority),
            rules);

    /// <summary>What a kernel can have of us: nothing, what an earlier plan made, and what others did to it since.</summary>
    public static Gen<ModelKernel> Found { get; } = Gen.Frequency(
        (1, Gen.Constant(Kernel(null))),
        (9, from table in Wanted
            from changes in Gen.ListOf(Change)
            select Changed(table, changes)));

    private static Gen<Action<ModelKernel>> Change { get; } = Gen.OneOf(
        from name in Gen.Elements<string>(Names) select (Action<ModelKernel>)(kernel => kernel.Table!.Vanish(name)),
        Gen.Constant((Action<ModelKernel>)(static kernel => Orphan(kernel.Table!))),
        Gen.Constant((Action<ModelKernel>)(static kernel => kernel.Table!.Flags ^= TableFlags.Dormant)),
        from at in Gen.Choose(0, 4) select (Action<ModelKernel>)(kernel => InsertForeignRule(kernel, at)),
        from at in Gen.Choose(0, 4) select (Action<ModelKernel>)(kernel => RemoveRule(kernel, at)),
        from name in Gen.Elements<string>(Names) select (Action<ModelKernel>)(kernel => AddForeignFlowtable(kernel, name)),
        Gen.Constant((Action<ModelKernel>)AddForeignMap),
        from connection in Gen.Elements("a", "b") select (Action<ModelKernel>)(kernel => Hold(kernel, connection)),
        Gen.Constant((Action<ModelKernel>)(static kernel => kernel.Table!.Sets["excluded_devices"] =
            new ModelSet(null, [], kernel.Table.Sets.GetValueOrDefault("excluded_devices")?.Refers ?? []))),
        Gen.Constant((Action<ModelKernel>)(static kernel => kernel.Table!.Chains["forward"] =
            kernel.Table.Chains.GetValueOrDefault("forward", new ModelChain(null, [])) with { Spec = null })));

    private static Gen<ImmutableArray<T>> Some<T>(ImmutableArray<T> all) =>
        from order in Gen.Shuffle<T>(all.ToArray())
        from count in Gen.Choose(0, all.Length)
        select order.Take(count).ToImmutableArray();

    private static ModelKernel Changed(TableSpec table, IEnumerable<Action<ModelKernel>> changes)
    {
        var kernel = Kernel(table);
        foreach (var change in changes)
            change(kernel);
        return kernel;
    }

    private static void Orphan(ModelTable table)
    {
        if (table.Owner is null)
            return;

        table.Owner = null;
        table.Flags &= ~TableFlags.Owner;
    }

    private static void InsertForeignRule(ModelKernel kernel, int at)
    {
        var table = kernel.Table!;
        table.Chains.TryAdd("theirs", new ModelChain(null, []));
        table.Objects.TryAdd("counted", 1);
        Insert("forward", ["chain:theirs", .. table.Flowtables.Keys.Select(static name => $"flowtable:{name}")]);
        Insert("theirs", ["object:counted", .. table.Sets.Keys.Select(static name => $"set:{name}")]);

        void Insert(string chain, ImmutableHashSet<string> refers)
        {
            var rules = table.Chains[chain].Rules;
            table.Chains[chain] = table.Chains[chain] with
            {
                Rules = rules.Insert(Math.Min(at, rules.Count), new ModelRule(kernel.NextHandle(), null, refers)),
            };
        }
    }

    private static void RemoveRule(ModelKernel kernel, int at)
    {
        var chain = kernel.Table!.Chains["forward"];
        if (at < chain.Rules.Count)
            kernel.Table.Chains["forward"] = chain with { Rules = chain.Rules.RemoveAt(at) };
    }

    private static void AddForeignFlowtable(ModelKernel kernel, string device)
    {
        kernel.Table!.Vanish(device);
        kernel.Table.Flowtables["theirs"] = new ModelFlowtable(kernel.NextHandle(), 0, FlowtableFlags.None, [device]);
    }

    private static void Hold(ModelKernel kernel, string connection)
    {
        if (kernel.Table!.Sets.GetValueOrDefault("held4") is { } held)
            kernel.Table.Sets["held4"] = held with { Elements = held.Elements.Add(connection) };
    }

    private static void AddForeignMap(ModelKernel kernel)
    {
        kernel.Table!.Chains.TryAdd("theirs", new ModelChain(null, []));
        kernel.Table.Objects.TryAdd("counted", 1);
        kernel.Table.Sets["verdicts"] = new ModelSet(null, [], ["chain:theirs", "object:counted"]);
    }
}
