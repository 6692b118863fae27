using System.Collections.Immutable;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Tests.Planning;

/// <summary>The table for hardware beside the one for software, each in its own model of the kernel.</summary>
public class HardwarePlanTests
{
    private static readonly TableSpec s_software = Tables.Plain("eth0", "eth1", "eth2");

    private readonly ModelKernel _software = Tables.Kernel(null);
    private readonly ModelKernel _hardware = Tables.Kernel(null);

    [Fact]
    public void Both_tables_are_made_and_then_there_is_nothing_to_do()
    {
        var plan = Commit(Wanted("eth0", "eth1"));
        Assert.Equal(2, plan.Steps.OfType<CreateTable>().Count());
        Assert.True(plan.WidensHardware);

        plan = Commit(Wanted("eth0", "eth1"));
        Assert.True(plan.IsEmpty);
        Assert.False(plan.WidensHardware);
    }

    [Fact]
    public void A_port_more_is_one_step_whatever_is_in_hardware()
    {
        Commit(Wanted("eth0", "eth1"));

        var plan = Commit(Wanted("eth0", "eth1", "eth2"), flows: 7);

        Assert.Equal(["eth2"], Assert.IsType<UpdateFlowtable>(Assert.Single(plan.Steps)).Devices);
        Assert.False(plan.EmptiesHardware);
    }

    [Theory]
    [InlineData(true)] // one port less
    [InlineData(false)] // the whole table
    public void Nothing_is_unbound_before_the_flows_have_left(bool onePort)
    {
        Commit(Wanted("eth0", "eth1"));
        var wanted = onePort ? Wanted("eth0") : DesiredState.Present(s_software);

        var first = Commit(wanted, flows: 7);
        var meanwhile = Commit(wanted, flows: 3);
        var last = Commit(wanted, flows: 0);

        Assert.IsType<DeleteRule>(Assert.Single(first.Steps));
        Assert.True(first.EmptiesHardware);
        Assert.True(meanwhile.IsEmpty);
        Assert.True(meanwhile.EmptiesHardware);
        Assert.False(last.EmptiesHardware);
        Assert.Equal((false, onePort), (first.WidensHardware, last.WidensHardware));
        if (onePort)
            Assert.Equal([typeof(RemoveDevices), typeof(AddRule)], last.Steps.Select(static step => step.GetType()));
        else
            Assert.IsType<DeleteTable>(Assert.Single(last.Steps));
        Assert.True(Commit(wanted).IsEmpty);
    }

    [Fact]
    public void Software_goes_at_once_and_hardware_when_it_is_empty()
    {
        Commit(Wanted("eth0", "eth1"));

        var plan = Commit(DesiredState.Absent, flows: 1);

        Assert.Equal([typeof(DeleteRule), typeof(DeleteTable)], plan.Steps.Select(static step => step.GetType()));
        Assert.Equal(Tables.Name, plan.Steps[1].Table);
        Assert.True(plan.EmptiesHardware);
        Assert.IsType<DeleteTable>(Assert.Single(Commit(DesiredState.Absent).Steps));
    }

    [Fact]
    public void A_flowtable_that_has_no_port_left_goes_at_once()
    {
        Commit(Wanted("eth0", "eth1"));
        _hardware.Table!.Vanish("eth0");
        _hardware.Table.Vanish("eth1");

        Assert.False(Commit(DesiredState.Present(s_software), flows: 1).EmptiesHardware);
        Assert.Null(_hardware.Table);
    }

    /// <summary>As after an update, when what was there is another version's.</summary>
    [Fact]
    public void A_flowtable_that_has_to_be_made_anew_is_emptied_before()
    {
        Commit(Wanted("eth0", "eth1"));
        var hardware = Wanted("eth0", "eth1").Hardware!;
        var wanted = DesiredState.Present(s_software, hardware with { Flowtable = hardware.Flowtable with { Priority = 5 } });

        var first = Commit(wanted, flows: 7);

        Assert.IsType<DeleteRule>(Assert.Single(first.Steps));
        Assert.True(first.EmptiesHardware);
        Assert.Contains(Commit(wanted).Steps, static step => step is DeleteFlowtable);
        Assert.True(Commit(wanted).IsEmpty);
    }

    [Fact]
    public void A_table_of_another_owner_stops_the_plan_for_both()
    {
        Commit(Wanted("eth0", "eth1"));
        _hardware.Table!.Owner = new TableOwner(4711, IsUs: false);

        var plan = Planner.Plan(DesiredState.Absent, Observe(0));

        Assert.True(plan.IsEmpty);
        Assert.Equal("table_owned", Assert.Single(plan.Findings).Code);
    }

    private static DesiredState Wanted(params string[] ports) => DesiredState.Present(s_software, new TableSpec(
        "flowtabled_hw",
        TableFlags.None,
        [],
        new FlowtableSpec("hw", 0, FlowtableFlags.HwOffload, [.. ports]),
        new ChainSpec("forward", 9),
        [new RuleSpec([new CtStateEstablished(), new FlowAdd("hw")], "")]));

    private ObservedState Observe(int flows) => new(_software.Observe().Table, _hardware.Observe().Table, flows);

    private Plan Commit(DesiredState desired, int flows = 0)
    {
        var plan = Planner.Plan(desired, Observe(flows));
        _software.Apply(Of(Tables.Name));
        _hardware.Apply(Of("flowtabled_hw"));
        return plan;

        ImmutableArray<PlanStep> Of(string table) => [.. plan.Steps.Where(step => step.Table == table)];
    }
}
