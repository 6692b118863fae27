using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Policy;

/// <summary>Which devices' connections may go into hardware.</summary>
public class HardwareTests
{
    private static Net Home => new Net()
        .Port("eth0", "lan1", "lan2").Bridge("br-lan", "lan1", "lan2").Vlan("eth0.7", "eth0", 7).Pppoe("pppoe-wan", "eth0.7")
        .Other("wg0", DeviceKind.Tunnel, "wireguard");

    [Fact]
    public void The_table_is_the_one_of_the_design()
    {
        var table = On(Home).Decide().State.Hardware!;

        Assert.Equal(("flowtabled_hw", TableFlags.Owner | TableFlags.Persist), (table.Name, table.Flags));
        Assert.Equal(["br-lan", "pppoe-wan"], table.Sets[0].Elements);
        Assert.Equal(
            ("hw", 0, FlowtableFlags.HwOffload | FlowtableFlags.Counter), (table.Flowtable.Name, table.Flowtable.Priority, table.Flowtable.Flags));
        Assert.Equal(["eth0", "lan1", "lan2"], table.Flowtable.Devices);
        Assert.Equal(new ChainSpec("forward", 9), table.Chain);
        Assert.Equal(
            [
                new InterfaceInSet(InterfaceSide.Input, "hw_devices"), new InterfaceInSet(InterfaceSide.Output, "hw_devices"),
                new CtStateEstablished(), new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp), new FlowAdd("hw"), new Counter(),
            ],
            table.Rules[^1].Statements);
    }

    [Fact]
    public void Software_is_as_without_hardware()
    {
        var router = On(Home);
        var both = router.Decide().State.Table!;
        router.Firewall = router.Firewall with { FlowOffloadingHw = false };
        var alone = router.Decide().State;

        Assert.Null(alone.Hardware);
        Assert.Equal(alone.Table!.Flowtable.Devices, both.Flowtable.Devices);
        Assert.Equal(alone.Table.Rules, both.Rules);
    }

    [Fact]
    public void Every_port_of_a_bridge_must_be_taken()
    {
        var router = On(Home);
        router.Hardware = Refusing("lan2");

        Assert.Equal((false, HardwareCode.Refused), Of(router, "br-lan"));
        Assert.Equal("port lan2 cannot: its driver takes no flows", router["br-lan"].Hardware!.Reason);
        Assert.Equal((false, HardwareCode.Alone), Of(router, "pppoe-wan"));
        Assert.Null(router.Decide().State.Hardware);
    }

    [Theory]
    [InlineData(HardwareUse.Auto, FindingSeverity.Warning, "hardware_waiting", "it stays in software for now: ")]
    [InlineData(HardwareUse.Require, FindingSeverity.Error, "hardware_required", "option hw is 'require', but it stays in software: ")]
    public void A_port_that_cannot_be_had_for_now_is_waited_for(HardwareUse use, FindingSeverity severity, string code, string message)
    {
        const string reason = "port lan2 cannot: another has it; it is asked again";
        var router = On(Home);
        router.Config = router.Config with { Hw = use };
        // What such a kernel hides is not this.
        router.Hardware = HardwareCapabilities.Hidden with { Obstacles = new Dictionary<string, string> { ["lan2"] = "another has it" } };

        Assert.Equal((false, HardwareCode.Waiting), Of(router, "br-lan"));
        Assert.Equal(reason, router["br-lan"].Hardware!.Reason);
        Assert.Equal((false, HardwareCode.Alone), Of(router, "pppoe-wan"));
        Assert.Equal(new Finding(severity, code, message + reason, "br-lan"), router.Decide().Findings.First());
        Assert.Null(router.Decide().State.Hardware);
    }

    [Fact]
    public void A_tunnel_stays_in_software_beside_others()
    {
        var router = On(Home).Network("vpn", "wg0");

        Assert.Equal((false, HardwareCode.NoPort), Of(router, "wg0"));
        Assert.Equal(["br-lan", "pppoe-wan"], router.Decide().State.Hardware!.Sets[0].Elements);
    }

    [Theory]
    [InlineData("pppoe-wan")]
    [InlineData("eth0.7")]
    [InlineData("eth0")]
    public void A_shaper_anywhere_in_the_stack_keeps_it_in_software(string shaped)
    {
        var router = On(Home.Qdiscs(shaped, "cake"));

        Assert.Equal((false, HardwareCode.Shaped), Of(router, "pppoe-wan"));
        router.Config = router.Config with { HwShaped = ShapedUse.Allow };
        Assert.Equal((true, HardwareCode.Bound), Of(router, "pppoe-wan"));
    }

    [Theory]
    [InlineData("pppoe-wan")]
    [InlineData("eth0")]
    public void Option_hw_of_a_device_holds_for_what_stands_on_it(string device) =>
        Assert.Equal((false, HardwareCode.Off), Of(On(Home).Hw(device), "pppoe-wan"));

    [Fact]
    public void What_keeps_one_port_in_software_keeps_its_bridge_there()
    {
        Assert.Equal((false, HardwareCode.Off), Of(On(Home).Hw("lan2"), "br-lan"));
        Assert.Equal((false, HardwareCode.Shaped), Of(On(Home.Qdiscs("lan2", "cake")), "br-lan"));
    }

    [Fact]
    public void Level_self_wants_every_packet_at_the_device()
    {
        Assert.Equal((false, HardwareCode.Level), Of(On(Home).Level("pppoe-wan", DeviceLevel.Self), "pppoe-wan"));
        Assert.Equal((true, HardwareCode.Bound), Of(On(Home).Network("modem", "eth0").Level("eth0", DeviceLevel.Self), "eth0"));
    }

    [Fact]
    public void More_headers_than_an_entry_has_stay_in_software()
    {
        var net = Home.Vlan("eth0.7.8", "eth0.7", 8).Pppoe("pppoe-deep", "eth0.7.8");

        Assert.Equal((false, HardwareCode.TooDeep), Of(On(net).Network("deep", "pppoe-deep"), "pppoe-deep"));
    }

    [Fact]
    public void A_kernel_that_hides_refusals_gets_every_port_and_says_so()
    {
        var router = On(Home).Network("vpn", "wg0");
        router.Hardware = HardwareCapabilities.Hidden;

        Assert.Equal((true, HardwareCode.Unknown), Of(router, "br-lan"));
        Assert.Equal((false, HardwareCode.NoPort), Of(router, "wg0"));
    }

    [Fact]
    public void Observing_asks_no_driver_and_says_so()
    {
        var router = On(Home).Network("vpn", "wg0");
        router.Config = router.Config with { Mode = OffloadMode.Observe, Hw = HardwareUse.Require };
        router.Hardware = Refusing("lan2");

        Assert.Empty(router.HardwareCandidates());
        Assert.Equal("unknown: not probed in mode 'observe'", router["br-lan"].Hardware!.Reason);
        Assert.Equal((true, HardwareCode.Unknown), Of(router, "br-lan"));
        Assert.Equal((false, HardwareCode.NoPort), Of(router, "wg0"));
        Assert.DoesNotContain(router.Decide().Findings, static finding => finding.Place == "br-lan");
    }

    [Fact]
    public void An_excluded_device_is_no_question_for_hardware()
    {
        var router = On(Home).Exclude("pppoe-wan");

        Assert.Null(router["pppoe-wan"].Hardware);
        Assert.Null(router.Decide().State.Hardware);
    }

    [Fact]
    public void Required_hardware_that_is_not_there_is_an_error()
    {
        var router = On(Home);
        router.Config = router.Config with { Hw = HardwareUse.Require };
        router.Hardware = Refusing("lan2");

        var finding = router.Decide().Findings.First();
        Assert.Equal((FindingSeverity.Error, "hardware_required", "br-lan"), (finding.Severity, finding.Code, finding.Place));
        Assert.NotNull(router.Decide().State.Table);
    }

    [Fact]
    public void Distrusted_hardware_is_not_used_and_that_is_said_once()
    {
        var router = On(Home).Network("vpn", "wg0").Hw("wg0");
        router.Hardware = HardwareCapabilities.NotAsked with { Distrust = "it misbehaved" };

        var decision = router.Decide();
        Assert.Null(decision.State.Hardware);
        Assert.NotNull(decision.State.Table);
        Assert.All(
            ["br-lan", "pppoe-wan", "wg0"],
            device => Assert.Equal((HardwareCode.Distrusted, "it misbehaved"), (router[device].Hardware!.Code, router[device].Hardware!.Reason)));
        Assert.Equal(
            new Finding(
                FindingSeverity.Warning,
                "hardware_distrusted",
                "hardware is not used: it misbehaved; 'flowtabled hw retry' tries it again"),
            Assert.Single(decision.Findings));
    }

    [Fact]
    public void Required_hardware_that_is_distrusted_is_an_error()
    {
        var router = On(Home);
        router.Config = router.Config with { Hw = HardwareUse.Require };
        router.Hardware = HardwareCapabilities.NotAsked with { Distrust = "it misbehaved" };

        Assert.Equal(
            ["hardware_distrusted ", "hardware_required br-lan", "hardware_required pppoe-wan"],
            router.Decide().Findings.Select(static finding => $"{finding.Code} {finding.Place}"));
        Assert.EndsWith(": it misbehaved", router.Decide().Findings[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_hardware_is_wanted_distrust_is_no_news()
    {
        var router = On(Home);
        router.Firewall = router.Firewall with { FlowOffloadingHw = false };
        router.Hardware = HardwareCapabilities.NotAsked with { Distrust = "it misbehaved" };

        Assert.Empty(router.Decide().Findings);
        Assert.Null(router["br-lan"].Hardware);
    }

    [Theory]
    [InlineData(true, true, true, HardwareUse.Auto, true)]
    [InlineData(false, true, true, HardwareUse.Auto, false)]
    [InlineData(true, false, true, HardwareUse.Auto, false)]
    [InlineData(true, true, false, HardwareUse.Auto, false)]
    [InlineData(true, true, true, HardwareUse.Off, false)]
    public void Ports_are_asked_for_only_where_hardware_is_wanted(bool enabled, bool software, bool hardware, HardwareUse use, bool asked)
    {
        var router = On(Home).Network("vpn", "wg0");
        router.Firewall = router.Firewall with { FlowOffloading = software, FlowOffloadingHw = hardware };
        router.Config = router.Config with { Enabled = enabled, Hw = use };

        Assert.Equal(asked ? ["eth0", "lan1", "lan2"] : [], router.HardwareCandidates());
        Assert.Equal(asked, router.Decide().State.Hardware is not null);
    }

    [Fact]
    public void The_hardware_switch_alone_does_nothing_and_is_a_finding()
    {
        var router = On(Home);
        router.Firewall = router.Firewall with { FlowOffloading = false };

        Assert.Equal("hardware_alone", Assert.Single(router.Decide().Findings).Code);
        Assert.Equal(TableIntent.Absent, router.Decide().State.Intent);
    }

    private static Router On(Net net)
    {
        var router = new Router(net).Network("lan", "br-lan").Network("wan", "pppoe-wan");
        router.Firewall = router.Firewall with { FlowOffloadingHw = true };
        return router;
    }

    private static HardwareCapabilities Refusing(string port) =>
        new(null, new Dictionary<string, string> { [port] = "its driver takes no flows" });

    private static (bool IsIn, HardwareCode Code) Of(Router router, string device)
    {
        var hardware = router[device].Hardware!;
        return (hardware.IsIn, hardware.Code);
    }
}
