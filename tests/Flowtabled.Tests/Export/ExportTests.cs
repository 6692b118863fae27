using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Export;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Tests.Planning;
using Flowtabled.Tests.Policy;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Export;

/// <summary>What a plan looks like, against tests/fixtures/plan. That nft accepts the scripts is for the kernel tests.</summary>
public class ExportTests
{
    [Theory]
    [InlineData("new")]
    [InlineData("change")]
    [InlineData("steps")]
    [InlineData("off")]
    [InlineData("observe")]
    [InlineData("hardware")]
    [InlineData("emptying")]
    public void A_plan_reads(string name)
    {
        var (decision, plan) = Scenario(name);

        Same($"plan/{name}.txt", PlanText.Of(decision, plan));
        Same($"plan/{name}.json", PlanJson.Of(decision, plan));
        Same($"plan/{name}.nft", NftScript.Of(plan).Text);
    }

    [Fact]
    public void Names_are_written_byte_by_byte_and_those_that_nft_cannot_write_are_left_out_with_a_finding()
    {
        var bytes = DeviceName.FromBytes([0x6B, 0xC3, 0xBC, 0xFF]);
        var table = Tables.Plain("a$b", "a;b", "x\\y", bytes, "say\"hi", "wild*").Excluding("star*", "#1");

        var (text, findings) = NftScript.Of(Planner.Plan(DesiredState.Present(table), new ObservedState(null)));

        Assert.Contains($"\tdevices = {{ \"a$b\", \"a;b\", \"x\\y\", \"{bytes}\" }}\n", text);
        Assert.Contains("add element inet flowtabled excluded_devices { \"#1\" }\n", text);
        Assert.Equal(["star*", "say\"hi", "wild*"], findings.Select(static finding => finding.Place));
        Assert.All(findings, static finding => Assert.Equal("nft_cannot_name", finding.Code));
    }

    [Fact]
    public void A_flowtable_is_written_without_a_list_when_there_is_none_to_write()
    {
        var text = NftScript.Of(Planner.Plan(DesiredState.Present(Tables.Plain("a*")), new ObservedState(null))).Text;

        Assert.Contains("add flowtable inet flowtabled sw {\n\thook ingress priority 0\n\tcounter\n}\n", text);
    }

    [Theory]
    [InlineData("x; flush ruleset")]
    [InlineData("x\nflush ruleset")]
    [InlineData("1st")]
    [InlineData("")]
    public void A_name_that_somebody_chose_never_becomes_a_command(string name)
    {
        var plan = new Plan(
            [
                new DeleteRule("flowtabled", name, 7, "r"),
                new DeleteSet("flowtabled", name, "r"),
                new DeleteChain("flowtabled", name, "r"),
                new DeleteFlowtable("flowtabled", name, "r"),
                new DeleteObject("flowtabled", name, 1, "r"),
                new DeleteObject("flowtabled", "good", 99, "r"),
            ],
            []);

        var (text, findings) = NftScript.Of(plan);

        Assert.Equal("#!/usr/sbin/nft -f\n# reason: r\n", text);
        Assert.Equal(6, findings.Length);
    }

    [Fact]
    public void Text_and_json_show_names_so_that_they_cannot_steer_a_terminal()
    {
        var net = new Net().Port("evil\u001B[2J");
        var router = new Router(net).Network("wan", "evil\u001B[2J").Exclude("\u001B]0;x");
        var decision = router.Decide();
        var plan = Planner.Plan(decision.State, new ObservedState(null));

        Assert.DoesNotContain('\u001B', PlanText.Of(decision, plan));
        Assert.Contains(@"evil\x1b[2J", PlanText.Of(decision, plan));
        using var json = JsonDocument.Parse(PlanJson.Of(decision, plan));
        Assert.Equal(@"evil\x1b[2J", json.RootElement.GetProperty("table").GetProperty("flowtable").GetProperty("devices")[0].GetString());
    }

    private static (Decision Decision, Plan Plan) Scenario(string name)
    {
        var router = Home();
        switch (name)
        {
            case "new":
                router.Config = router.Config with { Exclusions = Exclusions };
                return Planned(router.Decide(), Tables.Kernel(null));
            case "change":
                return Planned(router.Decide(), Before(router.Decide().State.Table!));
            case "steps":
                return (router.Decide(), new Plan(Steps, []));
            case "hardware":
                router = WithHardware(router);
                return Planned(router.Decide(), Tables.Kernel(null));
            case "emptying":
                var (software, hardware) = (router.Decide(), WithHardware(Home()).Decide().State.Hardware!);
                var found = new ObservedState(
                    Tables.Kernel(software.State.Table).Observe().Table, Tables.Kernel(hardware).Observe().Table, HardwareFlows: 2);
                return (software, Planner.Plan(software.State, found));
            case "off":
                router.Firewall = router.Firewall with { FlowOffloading = false };
                return Planned(router.Decide(), Tables.Kernel(Tables.Plain("eth0")));
            default:
                router.Config = router.Config with { Mode = OffloadMode.Observe };
                return Planned(router.Decide(), Tables.Kernel(Tables.Plain("eth0")));
        }
    }

    private static Router WithHardware(Router router)
    {
        router.Network("dmz", "eth0");
        router.Firewall = router.Firewall with { FlowOffloadingHw = true };
        router.Hardware = new HardwareCapabilities(null, new Dictionary<string, string> { ["phy0-ap0"] = "its driver takes no flows" });
        return router;
    }

    private static Router Home()
    {
        var net = new Net()
            .Port("eth0", "eth1", "phy0-ap0")
            .Dsa("lan1", "eth0")
            .Dsa("lan2", "eth0")
            .Bridge("br-lan", "lan1", "lan2", "phy0-ap0")
            .Vlan("br-lan.20", "br-lan", 20)
            .Vlan("eth1.7", "eth1", 7)
            .Pppoe("pppoe-wan", "eth1.7")
            .Other("wg0", DeviceKind.Tunnel, "wireguard")
            .Other("wg1", DeviceKind.Tunnel, "wireguard")
            .Down("br-lan.20");
        return new Router(net)
            .Network("lan", "br-lan", source: BindingSource.Guessed)
            .Network("iot", "br-lan.20")
            .Network("wan", "pppoe-wan")
            .Network("wan6", "pppoe-wan")
            .Network("vpn", "wg0")
            .Network("work", "wg1")
            .Network("lte", "wwan0")
            .Network("guest", null)
            .Exclude("wg1")
            .Exclude("lan2");
    }

    // An earlier run's table: another device list, no exclusions, no counting, and a rule that somebody added.
    private static ModelKernel Before(TableSpec table)
    {
        var kernel = Tables.Kernel(table with
        {
            Sets = [],
            Rules = [table.Rules[^1]],
            Flowtable = table.Flowtable with { Devices = ["br-lan", "eth5"], Flags = FlowtableFlags.None },
        });
        kernel.Table!.Owner = null;
        kernel.Table.Flags = TableFlags.Persist;
        var chain = kernel.Table.Chains["forward"];
        kernel.Table.Chains["forward"] = chain with { Rules = chain.Rules.Add(new ModelRule(kernel.NextHandle(), null, [])) };
        return kernel;
    }

    private static readonly ImmutableArray<NamedExclusion> Exclusions =
    [
        new("voip", []) { Hosts = [HostRange.TryParse("2001:db8::/32")!], Ports = [PortRange.TryParse("5060")!, PortRange.TryParse("10000-20000")!] },
        new("nas", []) { Hosts = [HostRange.TryParse("192.168.1.5")!, HostRange.TryParse("10.0.0.0/8")!] },
    ];

    // One of each.
    private static readonly ImmutableArray<PlanStep> Steps =
    [
        new DeleteTable("flowtabled", "first"),
        new CreateTable("flowtabled", TableFlags.None, "first"),
        new AdoptTable("flowtabled", TableFlags.Owner | TableFlags.Persist, "second"),
        new DeleteRule("flowtabled", "forward", 7, "third"),
        new DeleteSet("flowtabled", "old", "third"),
        new DeleteChain("flowtabled", "theirs", "third"),
        new DeleteFlowtable("flowtabled", "ft", "third"),
        new DeleteObject("flowtabled", "seen", 1, "third"),
        new DeleteObject("flowtabled", "sip", 3, "third"),
        new CreateSet("flowtabled", "excluded_devices", SetType.InterfaceName, "fourth"),
        new AddElements("flowtabled", "excluded_devices", SetType.InterfaceName, ["wg0", "wg1"], "fourth"),
        new RemoveElements("flowtabled", "excluded_devices", SetType.InterfaceName, ["wg1"], "fifth"),
        new CreateSet("flowtabled", "excluded_hosts4", SetType.Address4, "fifth"),
        new AddElements("flowtabled", "excluded_hosts4", SetType.Address4, ["10.0.0.0/8", "192.0.2.1"], "fifth"),
        new CreateSet("flowtabled", "held6", SetType.Connection6, "fifth"),
        new CreateFlowtable("flowtabled", "sw", 0, FlowtableFlags.HwOffload | FlowtableFlags.Counter, [], "sixth"),
        new UpdateFlowtable("flowtabled", "sw", 0, FlowtableFlags.None, [], "seventh"),
        new UpdateFlowtable("flowtabled", "sw", 0, FlowtableFlags.Counter, ["eth0", "eth1"], "eighth"),
        new RemoveDevices("flowtabled", "sw", ["eth0"], "ninth"),
        new CreateChain("flowtabled", new ChainSpec("forward", 10), "tenth"),
        new AddRule("flowtabled", "forward", Tables.LeaveInput, 12, "tenth"),
        new AddRule("flowtabled", "forward", Tables.Offload with { Comment = "" }, null, "tenth"),
    ];

    private static (Decision Decision, Plan Plan) Planned(Decision decision, ModelKernel kernel) =>
        (decision, Planner.Plan(decision.State, kernel.Observe()));

    private static void Same(string fixture, string actual) => Assert.Equal(Encoding.UTF8.GetString(Fixture.Read(fixture)), actual);
}
