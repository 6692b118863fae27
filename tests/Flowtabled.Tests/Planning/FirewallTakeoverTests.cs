using System.Collections.Immutable;
using Flowtabled.Engine.Export;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Tests.Planning;

public class FirewallTakeoverTests
{
    private static readonly FirewallRule s_rule = new("forward", 7, "ft");
    private static readonly ObservedFirewall s_software = Offloading(FlowtableFlags.Counter);
    private static readonly ObservedFirewall s_hardware = Offloading(FlowtableFlags.Counter | FlowtableFlags.HwOffload);

    [Fact]
    public void Its_rule_goes_and_its_flowtable_stays_by_name_before_ours_is_made()
    {
        var steps = Steps(s_software);

        Assert.Equal(
            ["delete rule 7 of chain fw4 forward", "delete flowtable fw4 ft", "create flowtable fw4 ft at priority 0, flag counter: no devices"],
            steps.Take(3).Select(StepText.Of));
        Assert.All(steps.Skip(3), static step => Assert.Equal(Tables.Name, step.Table));
    }

    [Fact]
    public void What_was_taken_over_takes_nothing_more() =>
        Assert.DoesNotContain(Steps(new ObservedFirewall([], [new FlowtableSpec("ft", 0, FlowtableFlags.Counter, [])])), IsFirewalls);

    [Fact]
    public void A_firewall_that_does_not_offload_is_left_alone() => Assert.DoesNotContain(Steps(new ObservedFirewall([], [])), IsFirewalls);

    [Fact]
    public void Its_ports_stay_bound_while_flows_are_in_hardware()
    {
        Assert.Equal(["delete rule 7 of chain fw4 forward"], Steps(s_hardware, hardwareFlows: 3).Where(IsFirewalls).Select(StepText.Of));
        Assert.Contains("create flowtable fw4 ft at priority 0, flag counter: no devices", Steps(s_hardware).Select(StepText.Of));
    }

    [Fact]
    public void What_it_put_into_hardware_is_moved_out_before_its_ports_are_unbound_where_there_is_no_table_for_hardware_here()
    {
        Assert.True(Plan(s_hardware, 3).EmptiesHardware);
        var taken = s_hardware with { Rules = [] };
        Assert.True(Plan(taken, 1).EmptiesHardware);
        Assert.DoesNotContain(Steps(taken, 1), IsFirewalls);
        Assert.False(Plan(taken, 0).EmptiesHardware);
        Assert.Equal([typeof(DeleteFlowtable), typeof(CreateFlowtable)], Steps(taken).Where(IsFirewalls).Select(static step => step.GetType()));
        Assert.False(Plan(s_software, 3).EmptiesHardware);
        Assert.False(Planner.Plan(Hardware(), new ObservedState(null, HardwareFlows: 3) { Firewall = s_hardware }).EmptiesHardware);
    }

    [Fact]
    public void It_keeps_its_own_while_nothing_is_to_be_offloaded_here_and_in_observe_mode()
    {
        var observed = new ObservedState(null) { Firewall = s_software };

        Assert.Empty(Planner.Plan(DesiredState.Absent, observed).Steps);
        Assert.Empty(Planner.Plan(DesiredState.Untouched, observed).Steps);
    }

    [Fact]
    public void A_plan_tells_whether_it_changes_the_firewall()
    {
        Assert.True(Plan(s_software, 0).ChangesFirewall);
        Assert.False(Plan(new ObservedFirewall([], []), 0).ChangesFirewall);
    }

    private static ObservedFirewall Offloading(FlowtableFlags flags) => new([s_rule], [new FlowtableSpec("ft", 0, flags, ["eth0", "eth1"])]);

    private static DesiredState Hardware() => DesiredState.Present(Tables.Plain("eth0", "eth1"), Tables.Plain("eth0", "eth1") with { Name = "flowtabled_hw" });

    private static bool IsFirewalls(PlanStep step) => step.Table == ObservedFirewall.Table;

    private static ImmutableArray<PlanStep> Steps(ObservedFirewall firewall, int hardwareFlows = 0) => Plan(firewall, hardwareFlows).Steps;

    private static Plan Plan(ObservedFirewall firewall, int hardwareFlows) => Planner.Plan(
        DesiredState.Present(Tables.Plain("eth0", "eth1")), new ObservedState(null, HardwareFlows: hardwareFlows) { Firewall = firewall });
}
