using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using FsCheck.Fluent;

namespace Flowtabled.Tests.Planning;

/// <summary>What holds for every plan: checked for made-up kernels and wishes against <see cref="ModelKernel"/>.</summary>
public class PlannerProperties
{
    [Fact]
    public void A_plan_is_accepted_and_makes_what_is_wanted() => Check((wanted, kernel) =>
    {
        kernel.Apply(Planner.Plan(DesiredState.Present(wanted), kernel.Observe()).Steps);

        AssertIs(wanted, kernel.Observe().Table!);
    });

    [Fact]
    public void After_a_plan_there_is_nothing_to_do() => Check((wanted, kernel) =>
    {
        kernel.Apply(Planner.Plan(DesiredState.Present(wanted), kernel.Observe()).Steps);

        Assert.Empty(Planner.Plan(DesiredState.Present(wanted), kernel.Observe()).Steps);
    });

    [Fact]
    public void Devices_that_stay_are_not_touched() => Check((wanted, kernel) =>
    {
        var before = kernel.Table?.Flowtables.GetValueOrDefault("sw");
        var steps = Planner.Plan(DesiredState.Present(wanted), kernel.Observe()).Steps;
        kernel.Apply(steps);
        if (before is null || kernel.Table!.Flowtables["sw"].Handle != before.Handle)
            return;

        var stay = before.Devices.Intersect(wanted.Flowtable.Devices);
        var touched = steps.OfType<RemoveDevices>().Where(static step => step.Flowtable == "sw").SelectMany(static step => step.Devices)
            .Concat(steps.OfType<UpdateFlowtable>().SelectMany(static step => step.Devices));
        Assert.Empty(stay.Intersect(touched));
    });

    [Fact]
    public void The_flowtable_is_made_anew_only_when_the_kernel_leaves_no_choice() => Check((wanted, kernel) =>
    {
        var table = kernel.Table;
        var before = table?.Flowtables.GetValueOrDefault("sw");
        var flags = table?.Flags;
        kernel.Apply(Planner.Plan(DesiredState.Present(wanted), kernel.Observe()).Steps);
        if (before is null)
            return;

        var canAdopt = flags == TableFlags.Persist && wanted.Flags == (TableFlags.Owner | TableFlags.Persist);
        var canStay = (flags == wanted.Flags || canAdopt)
            && before.Priority == wanted.Flowtable.Priority
            && before.Flags.HasFlag(FlowtableFlags.HwOffload) == wanted.Flowtable.Flags.HasFlag(FlowtableFlags.HwOffload);
        Assert.Equal(canStay, kernel.Table!.Flowtables["sw"].Handle == before.Handle);
    });

    [Fact]
    public void What_is_held_stays_held_in_a_table_that_stays() => Check((wanted, kernel) =>
    {
        var table = kernel.Table;
        var held = table?.Sets.GetValueOrDefault("held4");
        kernel.Apply(Planner.Plan(DesiredState.Present(wanted), kernel.Observe()).Steps);
        if (held is { Type: not null } && kernel.Table!.Handle == table!.Handle && wanted.Sets.Any(static set => set.IsTimed))
            Assert.Equal(held.Elements, kernel.Table.Sets["held4"].Elements);
    });

    [Fact]
    public void Removing_is_accepted_and_leaves_nothing() => Check((_, kernel) =>
    {
        kernel.Apply(Planner.Plan(DesiredState.Absent, kernel.Observe()).Steps);

        Assert.Null(kernel.Table);
        Assert.Empty(Planner.Plan(DesiredState.Absent, kernel.Observe()).Steps);
    });

    private static void Check(Action<TableSpec, ModelKernel> property)
    {
        var cases = from wanted in Tables.Wanted from found in Tables.Found select (wanted, found);
        Property.Holds(cases.ToArbitrary(), pair => property(pair.wanted, Copy(pair.found)), runs: 1000);
    }

    // A made-up kernel is used again when FsCheck narrows a failure down.
    private static ModelKernel Copy(ModelKernel kernel)
    {
        var copy = new ModelKernel();
        copy.Devices.UnionWith(kernel.Devices);
        for (var handles = 0; handles < 10_000; handles++)
            copy.NextHandle();
        if (kernel.Table is { } table)
            copy.Install(table.Clone());
        return copy;
    }

    private static void AssertIs(TableSpec wanted, ObservedTable found)
    {
        Assert.Equal((wanted.Name, wanted.Flags), (found.Name, found.Flags));
        Assert.Empty(found.Objects);
        Assert.Equal(wanted.Sets.Length, found.Sets.Length);
        foreach (var want in wanted.Sets)
        {
            var set = Assert.Single(found.Sets, set => set.Name == want.Name);
            Assert.Equal(want.Type, set.Spec!.Type);
            if (!want.IsTimed)
                Assert.Equivalent(want.Elements, set.Spec.Elements, strict: true);
        }

        var flowtable = Assert.Single(found.Flowtables);
        Assert.Equal(wanted.Flowtable with { Devices = [] }, flowtable with { Devices = [] });
        Assert.Equal(wanted.Flowtable.Devices.Order(), flowtable.Devices.Order());
        var chain = Assert.Single(found.Chains);
        Assert.Equal(wanted.Chain, chain.Spec);
        Assert.Equal(wanted.Rules, chain.Rules.Select(static rule => rule.Spec!).ToImmutableArray());
    }
}
