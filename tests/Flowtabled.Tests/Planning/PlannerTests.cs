using System.Collections.Immutable;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Tests.Planning;

public class PlannerTests
{
    private const TableFlags Owned = TableFlags.Owner | TableFlags.Persist;

    [Fact]
    public void Without_a_table_everything_is_made_in_the_order_of_what_refers_to_what()
    {
        var wanted = Tables.Plain("eth0", "eth1").Excluding("eth2");

        var steps = Steps(wanted, Tables.Kernel(null));

        Assert.Equal(
            [
                typeof(CreateTable), typeof(CreateSet), typeof(AddElements), typeof(CreateFlowtable), typeof(CreateChain), typeof(AddRule),
                typeof(AddRule), typeof(AddRule),
            ],
            Kinds(steps));
        Assert.Equal(wanted.Rules, steps.OfType<AddRule>().Select(static step => step.Rule));
    }

    [Fact]
    public void A_device_that_appears_is_one_update_that_names_it_alone_and_keeps_the_flags()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0", "eth1"));

        var update = Assert.IsType<UpdateFlowtable>(Assert.Single(Steps(Tables.Plain("eth0", "eth1", "eth2"), kernel)));

        Assert.Equal(["eth2"], update.Devices);
        Assert.Equal(FlowtableFlags.Counter, update.Flags);
    }

    [Fact]
    public void A_device_that_is_not_wanted_any_more_is_one_removal_that_names_it_alone()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0", "eth1"));

        var remove = Assert.IsType<RemoveDevices>(Assert.Single(Steps(Tables.Plain("eth1"), kernel)));

        Assert.Equal(["eth0"], remove.Devices);
    }

    [Fact]
    public void A_device_that_is_gone_took_its_hook_along_and_needs_no_step()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0", "eth1"));
        kernel.Table!.Vanish("eth1");

        Assert.Empty(Steps(Tables.Plain("eth0"), kernel));
    }

    [Fact]
    public void A_device_that_came_back_is_hooked_again()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0", "eth1"));
        kernel.Table!.Vanish("eth1");

        var update = Assert.IsType<UpdateFlowtable>(Assert.Single(Steps(Tables.Plain("eth0", "eth1"), kernel)));

        Assert.Equal(["eth1"], update.Devices);
    }

    [Fact]
    public void The_counter_alone_is_an_update_without_devices()
    {
        var wanted = Tables.Plain("eth0");
        var kernel = Tables.Kernel(wanted);
        wanted = wanted with { Flowtable = wanted.Flowtable with { Flags = FlowtableFlags.None } };

        var update = Assert.IsType<UpdateFlowtable>(Assert.Single(Steps(wanted, kernel)));

        Assert.Empty(update.Devices);
        Assert.Equal(FlowtableFlags.None, update.Flags);
    }

    [Fact]
    public void More_devices_than_go_into_one_message_are_spread()
    {
        var names = Enumerable.Range(0, 600).Select(static i => $"v{i}").ToArray();

        var created = Steps(Tables.Plain(names), Tables.Kernel(null));
        var added = Steps(Tables.Plain(names), Tables.Kernel(Tables.Plain()));
        var removed = Steps(Tables.Plain(), Tables.Kernel(Tables.Plain(names)));

        Assert.Equal([255], created.OfType<CreateFlowtable>().Select(static step => step.Devices.Length));
        Assert.Equal([255, 90], created.OfType<UpdateFlowtable>().Select(static step => step.Devices.Length));
        Assert.Equal([255, 255, 90], added.OfType<UpdateFlowtable>().Select(static step => step.Devices.Length));
        Assert.Equal([255, 255, 90], removed.OfType<RemoveDevices>().Select(static step => step.Devices.Length));
    }

    [Fact]
    public void An_exclusion_puts_its_rules_before_the_one_that_is_there()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0"));
        var offload = kernel.Table!.Chains["forward"].Rules[0].Handle;

        var steps = Steps(Tables.Plain("eth0").Excluding("wg0"), kernel);

        Assert.Equal([typeof(CreateSet), typeof(AddElements), typeof(AddRule), typeof(AddRule)], Kinds(steps));
        Assert.All(steps.OfType<AddRule>(), rule => Assert.Equal(offload, rule.Before));
    }

    [Fact]
    public void The_last_exclusion_takes_its_rules_and_the_set_along()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0").Excluding("wg0"));

        var steps = Steps(Tables.Plain("eth0"), kernel);

        Assert.Equal([typeof(DeleteRule), typeof(DeleteRule), typeof(DeleteSet)], Kinds(steps));
    }

    [Fact]
    public void An_exclusion_more_or_less_changes_elements_only()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0").Excluding("wg0", "wg1"));

        var steps = Steps(Tables.Plain("eth0").Excluding("wg1", "wg2"), kernel);

        Assert.Equal(["wg0"], Assert.IsType<RemoveElements>(steps[0]).Elements);
        Assert.Equal(["wg2"], Assert.IsType<AddElements>(steps[1]).Elements);
        Assert.Equal(2, steps.Length);
    }

    [Fact]
    public void A_rule_of_somebody_else_is_deleted_and_nothing_more()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0"));
        var chain = kernel.Table!.Chains["forward"];
        kernel.Table.Chains["forward"] = chain with { Rules = chain.Rules.Insert(0, new ModelRule(77, null, [])) };

        var delete = Assert.IsType<DeleteRule>(Assert.Single(Steps(Tables.Plain("eth0"), kernel)));

        Assert.Equal(77u, delete.Handle);
    }

    [Fact]
    public void Another_hook_priority_makes_the_flowtable_anew_around_its_rule()
    {
        var wanted = Tables.Plain("eth0");
        var kernel = Tables.Kernel(wanted with { Flowtable = wanted.Flowtable with { Priority = -5 } });

        var steps = Steps(wanted, kernel);

        Assert.Equal([typeof(DeleteRule), typeof(DeleteFlowtable), typeof(CreateFlowtable), typeof(AddRule)], Kinds(steps));
    }

    [Fact]
    public void A_device_more_and_another_flag_are_one_step()
    {
        var wanted = Tables.Plain("eth0", "eth1");
        wanted = wanted with { Flowtable = wanted.Flowtable with { Flags = FlowtableFlags.None } };

        var update = Assert.IsType<UpdateFlowtable>(Assert.Single(Steps(wanted, Tables.Kernel(Tables.Plain("eth0")))));

        Assert.Equal((FlowtableFlags.None, "eth1"), (update.Flags, Assert.Single(update.Devices)));
    }

    [Fact]
    public void A_set_that_is_not_what_it_should_be_is_made_anew_and_what_looks_it_up_too()
    {
        var wanted = Tables.Plain("eth0") with { Sets = [new SetSpec("excluded_ports", SetType.Port, ["22"])], Rules = [Tables.LeavePort, Tables.Offload] };
        var kernel = Tables.Kernel(wanted);
        kernel.Table!.Sets["excluded_ports"] = new ModelSet(null, [], []);

        var steps = Steps(wanted, kernel);

        Assert.Equal([typeof(DeleteRule), typeof(DeleteSet), typeof(CreateSet), typeof(AddElements), typeof(AddRule)], Kinds(steps));
    }

    [Fact]
    public void An_orphan_is_adopted_as_it_is()
    {
        var wanted = Tables.Plain("eth0") with { Flags = Owned };
        var kernel = Tables.Kernel(wanted);
        kernel.Table!.Owner = null;
        kernel.Table.Flags = TableFlags.Persist;

        var adopt = Assert.IsType<AdoptTable>(Assert.Single(Steps(wanted, kernel)));

        Assert.Equal(Owned, adopt.Flags);
    }

    [Fact]
    public void Flags_that_the_kernel_does_not_change_cost_the_table()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0"));

        var steps = Steps(Tables.Plain("eth0") with { Flags = Owned }, kernel);

        Assert.IsType<DeleteTable>(steps[0]);
        Assert.Equal("its flags cannot be changed from none to owner, persist", steps[0].Reason);
        Assert.IsType<CreateTable>(steps[1]);
    }

    [Fact]
    public void A_table_of_another_owner_is_left_alone_with_a_finding_that_names_it()
    {
        var wanted = Tables.Plain("eth0") with { Flags = Owned };
        var kernel = Tables.Kernel(wanted);
        kernel.Table!.Owner = new TableOwner(4711, IsUs: false);

        foreach (var desired in (DesiredState[])[DesiredState.Present(Tables.Plain("eth1")), DesiredState.Absent])
        {
            var plan = Planner.Plan(desired, kernel.Observe());

            Assert.True(plan.IsEmpty);
            var finding = Assert.Single(plan.Findings);
            Assert.Equal((FindingSeverity.Error, "table_owned"), (finding.Severity, finding.Code));
            Assert.Contains("4711", finding.Message);
        }
    }

    [Fact]
    public void Nothing_wanted_deletes_the_table_and_only_where_there_is_one()
    {
        Assert.IsType<DeleteTable>(Assert.Single(Planner.Plan(DesiredState.Absent, Tables.Kernel(Tables.Plain("eth0")).Observe()).Steps));
        Assert.True(Planner.Plan(DesiredState.Absent, new ObservedState(null)).IsEmpty);
    }

    [Fact]
    public void Untouched_is_untouched_but_says_what_was_left()
    {
        var plan = Planner.Plan(DesiredState.Untouched, Tables.Kernel(Tables.Plain("eth0")).Observe());

        Assert.True(plan.IsEmpty);
        var finding = Assert.Single(plan.Findings);
        Assert.Equal("table_left_over", finding.Code);
        Assert.EndsWith("delete it with 'nft delete table inet flowtabled'", finding.Message);
        Assert.Empty(Planner.Plan(DesiredState.Untouched, new ObservedState(null)).Findings);
    }

    [Fact]
    public void What_has_an_owner_goes_with_it_alone()
    {
        var kernel = Tables.Kernel(Tables.Plain("eth0"));
        kernel.Table!.Owner = new TableOwner(4711, IsUs: true);

        var finding = Assert.Single(Planner.Plan(DesiredState.Untouched, kernel.Observe()).Findings);

        Assert.EndsWith("it goes when its owner ends: 'service flowtabled stop'", finding.Message);
    }

    private static IEnumerable<Type> Kinds(IEnumerable<PlanStep> steps) => steps.Select(static step => step.GetType());

    private static ImmutableArray<PlanStep> Steps(TableSpec wanted, ModelKernel kernel)
    {
        var plan = Planner.Plan(DesiredState.Present(wanted), kernel.Observe());
        Assert.Empty(plan.Findings);
        kernel.Apply(plan.Steps);
        return plan.Steps;
    }
}
