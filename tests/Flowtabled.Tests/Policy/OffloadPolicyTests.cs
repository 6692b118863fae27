using Flowtabled.Engine.Config;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Policy;

public class OffloadPolicyTests
{
    private static Net Home => new Net()
        .Port("eth0", "lan1").Bridge("br-lan", "lan1").Vlan("eth0.7", "eth0", 7)
        .Other("lo", DeviceKind.Loopback, "").Other("wg0", DeviceKind.Tunnel, "wireguard");

    private static Router HomeRouter => new Router(Home).Network("lan", "br-lan").Network("wan", "eth0.7");

    [Fact]
    public void The_table_is_the_one_of_the_design()
    {
        var table = HomeRouter.Decide().State.Table!;

        Assert.Equal(("flowtabled", TableFlags.Owner | TableFlags.Persist), (table.Name, table.Flags));
        Assert.Equal(["held4", "held6"], table.Sets.Select(static set => set.Name));
        Assert.Equal(("sw", 0, FlowtableFlags.Counter), (table.Flowtable.Name, table.Flowtable.Priority, table.Flowtable.Flags));
        Assert.Equal(["br-lan", "eth0"], table.Flowtable.Devices);
        Assert.Equal(new ChainSpec("forward", 10), table.Chain);
        Assert.Equal(
            [new CtStateEstablished(), new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp), new FlowAdd("sw"), new Counter()],
            table.Rules[^1].Statements);
    }

    [Fact]
    public void An_old_kernel_gets_a_plain_table()
    {
        var router = HomeRouter;
        router.Features = new KernelFeatures(PersistentTables: false);

        Assert.Equal(TableFlags.None, router.Decide().State.Table!.Flags);
    }

    [Fact]
    public void Option_counter_is_the_flowtables_flag()
    {
        var router = HomeRouter;
        router.Config = router.Config with { Counter = false };

        Assert.Equal(FlowtableFlags.None, router.Decide().State.Table!.Flowtable.Flags);
    }

    [Fact]
    public void Without_a_device_there_is_no_rule_that_would_mark_flows_for_nothing()
    {
        var router = new Router(new Net()).Network("lan", "br-lan").Exclude("wg0");

        Assert.Empty(router.Hooked());
        Assert.Empty(router.Decide().State.Table!.Rules);
        Assert.Equal((Outcome.Waiting, ReasonCode.Missing), Of(router["br-lan"]));
    }

    [Theory]
    [InlineData(false, true, OffloadMode.Manage, TableIntent.Absent, ReasonCode.Disabled)]
    [InlineData(false, true, OffloadMode.Observe, TableIntent.Absent, ReasonCode.Disabled)]
    [InlineData(true, false, OffloadMode.Manage, TableIntent.Absent, ReasonCode.ToggleOff)]
    [InlineData(true, false, OffloadMode.Observe, TableIntent.Untouched, ReasonCode.ToggleOff)]
    [InlineData(true, true, OffloadMode.Observe, TableIntent.Untouched, ReasonCode.Bridge)]
    [InlineData(true, true, OffloadMode.Manage, TableIntent.Present, ReasonCode.Bridge)]
    public void What_is_switched_off_says_so(bool enabled, bool toggle, OffloadMode mode, TableIntent intent, ReasonCode code)
    {
        var router = HomeRouter;
        router.Config = router.Config with { Enabled = enabled, Mode = mode };
        router.Firewall = router.Firewall with { FlowOffloading = toggle };

        var decision = router.Decide();

        Assert.Equal(intent, decision.State.Intent);
        Assert.Equal(intent == TableIntent.Present, decision.State.Table is not null);
        Assert.Equal(code, router["br-lan"].Code);
    }

    [Theory]
    [InlineData(OffloadMode.Manage, TableIntent.Absent)]
    [InlineData(OffloadMode.Observe, TableIntent.Untouched)]
    public void While_the_firewall_is_stopped_nothing_is_offloaded(OffloadMode mode, TableIntent intent)
    {
        var router = HomeRouter;
        router.IsFirewallStopped = true;
        router.Config = router.Config with { Mode = mode };

        Assert.Equal(intent, router.Decide().State.Intent);
        Assert.Equal((Outcome.Out, ReasonCode.FirewallStopped), Of(router["br-lan"]));
    }

    [Fact]
    public void An_excluded_device_is_kept_out_by_rule_in_both_directions()
    {
        var router = HomeRouter.Network("vpn", "wg0").Exclude("wg0");
        var table = router.Decide().State.Table!;

        Assert.Equal(["br-lan", "eth0"], table.Flowtable.Devices);
        Assert.Equal((Outcome.Out, ReasonCode.Excluded), Of(router["wg0"]));
        var set = table.Sets[0];
        Assert.Equal(("excluded_devices", SetType.InterfaceName), (set.Name, set.Type));
        Assert.Equal(["wg0"], set.Elements);
        Assert.Equal(
            [new InterfaceInSet(InterfaceSide.Input, set.Name), new InterfaceInSet(InterfaceSide.Output, set.Name)],
            table.Rules.Take(2).Select(static rule => rule.Statements[0]));
        Assert.All(table.Rules.Take(2), static rule => Assert.IsType<ReturnVerdict>(rule.Statements[1]));
        Assert.Contains(new FlowAdd("sw"), table.Rules[^1].Statements);
    }

    [Fact]
    public void An_excluded_port_takes_along_what_stands_on_it_because_the_forward_hook_sees_only_that()
    {
        var router = HomeRouter.Exclude("eth0");

        Assert.Equal(["br-lan"], router.Hooked());
        Assert.Equal(["eth0", "eth0.7"], router.Decide().State.Table!.Sets[0].Elements);
        Assert.Equal((Outcome.Out, ReasonCode.Excluded), Of(router["eth0"]));
        Assert.Equal((Outcome.Out, ReasonCode.Excluded), Of(router["eth0.7"]));
        Assert.Equal("it stands on eth0, for which option exclude is set", router["eth0.7"].Reason);
        Assert.Equal(("device eth0", "device eth0"), (router["eth0"].ExcludedBy, router["eth0.7"].ExcludedBy));
    }

    [Fact]
    public void A_device_in_the_middle_of_a_stack_takes_along_what_is_above_it_and_not_what_is_below()
    {
        var router = new Router(Home.Pppoe("pppoe-wan", "eth0.7")).Network("wan", "pppoe-wan").Network("modem", "eth0").Exclude("eth0.7");

        Assert.Equal(["eth0"], router.Hooked());
        Assert.Equal(["eth0.7", "pppoe-wan"], router.Decide().State.Table!.Sets[0].Elements);
    }

    [Fact]
    public void An_excluded_bridge_port_cannot_be_kept_out_and_that_is_said()
    {
        var finding = Assert.Single(HomeRouter.Exclude("lan1").Decide().Findings);

        Assert.Equal(("excluded_bridge_port", "lan1"), (finding.Code, finding.Place));
    }

    [Fact]
    public void A_device_that_is_not_there_can_be_excluded_beforehand()
    {
        var router = HomeRouter.Exclude("wlan9");

        Assert.Equal(["wlan9"], router.Decide().State.Table!.Sets[0].Elements);
        Assert.Equal((Outcome.Out, ReasonCode.Excluded), Of(router["wlan9"]));
        Assert.Null(router["wlan9"].IsUp);
    }

    [Fact]
    public void The_loopback_device_stays_out() =>
        Assert.Equal((Outcome.Out, ReasonCode.Loopback), Of(HomeRouter.Network("loopback", "lo")["lo"]));

    [Fact]
    public void A_device_that_is_down_is_in_and_says_so()
    {
        var router = new Router(Home.Down("br-lan").Down("eth0")).Network("lan", "br-lan").Network("wan", "eth0.7");

        Assert.Equal(["br-lan", "eth0"], router.Hooked());
        Assert.EndsWith(" (it is down)", router["br-lan"].Reason);
        Assert.Equal("carries eth0.7 (it is down)", router["eth0"].Reason);
        Assert.Equal(false, router["br-lan"].IsUp);
    }

    [Fact]
    public void A_network_without_a_device_waits()
    {
        var decision = Assert.Single(HomeRouter.Network("wwan", null).Decide().Devices, static decision => decision.Device is null);

        Assert.Equal((Outcome.Waiting, ReasonCode.NoDevice), Of(decision));
        Assert.Equal(["wwan"], decision.Networks);
    }

    [Fact]
    public void A_disabled_zone_keeps_its_devices_out_unless_another_zone_has_them()
    {
        var router = HomeRouter.Network("guest", "wg0", enabled: false).Network("lan2", "br-lan", enabled: false);

        Assert.Equal((Outcome.Out, ReasonCode.ZoneDisabled), Of(router["wg0"]));
        Assert.Equal(Outcome.In, router["br-lan"].Outcome);
        Assert.Equal(["lan"], router["br-lan"].Zones);
    }

    [Fact]
    public void A_zone_can_name_devices_and_beginnings_of_names()
    {
        var router = new Router(Home.Other("tun0", DeviceKind.Tunnel, "tun").Other("tun1", DeviceKind.Tunnel, "tun"))
            .ZoneDevice("a", "wg0").ZoneDevice("b", "tun+").ZoneDevice("c", "ppp+").ZoneDevice("d", "*");

        Assert.Equal(["tun0", "tun1", "wg0"], router.Hooked());
        var rest = router.Decide().Devices.Where(static decision => decision.Device is null).Select(Of);
        Assert.Equal([(Outcome.Out, ReasonCode.Pattern), (Outcome.Waiting, ReasonCode.NoDevice)], rest);
    }

    [Fact]
    public void A_name_that_no_device_can_have_is_left_out()
    {
        var router = HomeRouter.Network("odd", "a very long name of a device");

        Assert.Equal((Outcome.Out, ReasonCode.IllegalName), Of(router["a very long name of a device"]));
        Assert.Equal(["br-lan", "eth0"], router.Hooked());
    }

    [Fact]
    public void What_only_the_configuration_says_is_guessed()
    {
        var router = new Router(Home)
            .Network("lan", "br-lan", source: BindingSource.Guessed)
            .Network("wan", "wg0", source: BindingSource.Guessed)
            .Network("wan6", "wg0", source: BindingSource.Ubus)
            .Network("modem", "eth0", source: BindingSource.Ubus)
            .Network("modem6", "eth0", source: BindingSource.Guessed);

        Assert.True(router["br-lan"].IsGuessed);
        Assert.False(router["wg0"].IsGuessed);
        Assert.False(router["eth0"].IsGuessed);
    }

    private static (Outcome Outcome, ReasonCode Code) Of(DeviceDecision decision) => (decision.Outcome, decision.Code);
}
