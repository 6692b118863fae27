using Flowtabled.Doctor;
using Flowtabled.Doctor.Checks;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Tests.Doctor;

/// <summary>The checks that look at other programs' tables.</summary>
public sealed class RulesetCheckTests
{
    private const int OurPriority = 10;

    private static readonly NftTableName Ours = new(NftFamily.Inet, "flowtabled");
    private static readonly NftTableName Fw4 = new(NftFamily.Inet, "fw4");
    private static readonly NftTableName Other = new(NftFamily.Ipv4, "other");

    [Fact]
    public void A_flowtable_on_other_devices_is_nobodys_business()
        => Assert.Empty(Flowtables([new NftFlowtable(Other, "ft") { Devices = ["eth7"] }], []));

    [Fact]
    public void Our_own_flowtable_is_no_foreign_one()
        => Assert.Empty(Flowtables(
            [
                new NftFlowtable(Ours, "sw") { Devices = ["br-lan", "wan"] },
                new NftFlowtable(new NftTableName(NftFamily.Inet, "flowtabled_hw"), "hw") { Devices = ["wan"] },
            ],
            []));

    [Fact]
    public void A_flowtable_without_a_rule_is_worth_knowing()
        => Assert.Equal(
            [Diagnosis.Info("flowtable inet fw4 ft has br-lan, wan too, but no rule adds flows to it")],
            Flowtables([new NftFlowtable(Fw4, "ft") { Devices = ["wan", "eth7", "br-lan"] }], [Adds(Other, "ft"), Adds(Fw4, "another")]));

    [Fact]
    public void The_firewalls_own_rule_is_a_warning_with_the_command_that_deletes_it()
        => Assert.Equal(
            [
                Diagnosis.Warning(
                    "flowtable inet fw4 ft has wan too, and a rule adds flows to it: "
                        + "what it takes first is not offloaded here, nor kept out here",
                    "start the daemon, which takes it over, or nft delete rule inet fw4 forward handle 7"),
            ],
            Flowtables([new NftFlowtable(Fw4, "ft") { Devices = ["wan"] }], [Adds(Fw4, "ft")]));

    [Fact]
    public void Another_programs_rule_is_a_warning_too()
        => Assert.Equal(
            [(Verdict.Warning, "end what made it, or nft delete rule ip other forward handle 7")],
            Flowtables([new NftFlowtable(Other, "ft") { Devices = ["wan"] }], [Adds(Other, "ft")])
                .Select(static found => (found.Verdict, found.Remedy!)));

    [Fact]
    public void A_later_chain_that_drops_is_told()
        => Assert.Equal(
            [
                Diagnosis.Warning(
                    "chain ip other late (forward hook, priority 20) comes after ours and can drop: "
                        + "packets of offloaded flows do not reach it",
                    "give it a priority below 10"),
            ],
            Chains([Base(20)], Rule("late", new VerdictExpression(NftVerdict.Drop))));

    public static TheoryData<NftExpression> Drops =>
    [
        new UnknownExpression("reject", []),
        new UnknownExpression("queue", []),
        new LookupExpression(1, "map") { Destination = 0 },
        new VerdictExpression(NftVerdict.Drop),
    ];

    [Theory]
    [MemberData(nameof(Drops), DisableDiscoveryEnumeration = true)]
    public void Whatever_can_end_a_packets_way_counts_also_behind_a_jump(NftExpression drop)
    {
        Assert.Single(Chains([Base(20)], Rule("late", drop)));
        Assert.Single(Chains(
            [Base(20)], Rule("late", new VerdictExpression(NftVerdict.Jump, "next")), Rule("next", new CounterExpression(), drop)));
    }

    [Fact]
    public void Chains_that_jump_to_each_other_end()
        => Assert.Empty(Chains(
            [Base(20)],
            Rule("late", new VerdictExpression(NftVerdict.Jump, "next")),
            Rule("next", new VerdictExpression(NftVerdict.Goto, "late"))));

    [Fact]
    public void A_policy_of_drop_counts_without_any_rule()
        => Assert.Single(Chains([Base(20) with { Hook = new NftHook("filter", NftHookNumber.Forward, 20) { Policy = NftPolicy.Drop } }]));

    [Fact]
    public void A_chain_of_the_same_priority_may_come_later()
        => Assert.Single(Chains([Base(OurPriority)], Rule("late", new VerdictExpression(NftVerdict.Drop))));

    public static TheoryData<NftChain> Harmless =>
    [
        Base(OurPriority - 1),
        Base(20) with { Table = Ours },
        Base(20) with { Hook = null },
        Base(20) with { Hook = new NftHook("filter", NftHookNumber.Input, 20) },
        Base(20) with { Table = new NftTableName(NftFamily.Bridge, "other") },
    ];

    [Theory]
    [MemberData(nameof(Harmless), DisableDiscoveryEnumeration = true)]
    public void Earlier_chains_other_hooks_and_ours_may_drop(NftChain chain)
        => Assert.Empty(Chains([chain], Rule("late", new VerdictExpression(NftVerdict.Drop)) with { Table = chain.Table }));

    [Fact]
    public void A_later_chain_that_accepts_and_counts_is_harmless()
        => Assert.Empty(Chains(
            [Base(20)],
            Rule("late", new CounterExpression(), new VerdictExpression(NftVerdict.Accept)),
            Rule("elsewhere", new VerdictExpression(NftVerdict.Drop))));

    private static IEnumerable<Diagnosis> Flowtables(NftFlowtable[] flowtables, NftRule[] rules)
        => ForeignFlowtableCheck.Judge(flowtables, rules, ["br-lan", "wan"]);

    private static IEnumerable<Diagnosis> Chains(NftChain[] chains, params NftRule[] rules)
        => LaterChainCheck.Judge(chains, rules, OurPriority);

    private static NftRule Adds(NftTableName table, string flowtable) =>
        new(table, "forward") { Handle = 7, Expressions = [new FlowOffloadExpression(flowtable)] };

    private static NftChain Base(int priority) => new(Other, "late") { Hook = new NftHook("filter", NftHookNumber.Forward, priority) };

    private static NftRule Rule(string chain, params NftExpression[] expressions) => new(Other, chain) { Expressions = [.. expressions] };
}
