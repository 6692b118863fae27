using Flowtabled.Engine.Planning;
using Flowtabled.Kernel;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Kernel;

public sealed class RuleMapperTests
{
    private static readonly NftTableName Table = new(NftFamily.Inet, "t");

    public static TheoryData<Statement> Statements =>
    [
        new CtStateEstablished(),
        new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp),
        new L4ProtocolIn(L4Protocols.Udp),
        new InterfaceInSet(InterfaceSide.Input, "excluded_devices"),
        new InterfaceInSet(InterfaceSide.Output, "excluded_devices"),
        new FlowAdd("sw"),
        new Counter(),
        new ReturnVerdict(),
        .. Enum.GetValues<ConnectionPart>().Select(static part => new ConnectionInSet(part, "s")),
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public void Every_statement_is_recognised_again(Statement statement)
    {
        var rule = new RuleSpec([statement], "why");
        Assert.Equal(rule, RuleMapper.FromKernel(RuleMapper.ToKernel(Table, "forward", rule)));
    }

    [Fact]
    public void A_whole_rule_is_recognised_again_whatever_it_has_counted()
    {
        var rule = new RuleSpec(
            [new CtStateEstablished(), new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp), new FlowAdd("sw"), new Counter()], "");
        var kernel = RuleMapper.ToKernel(Table, "forward", rule);
        Assert.Null(kernel.Comment);

        var counted = kernel with { Handle = 7, Expressions = [.. kernel.Expressions.Span[..^1], new CounterExpression(5, 300)] };
        Assert.Equal(rule, RuleMapper.FromKernel(counted));
    }

    public static TheoryData<string, NftExpression[]> Foreign => new()
    {
        { "ct state related", [Ct(), Mask(4), NotZero()] },
        { "ct state == established", [Ct(), Mask(2), new CompareExpression(1, NftComparison.Equal, NftValue.Host(2))] },
        { "ct mark", [new CtExpression(NfTables.NFT_CT_MARK, 1), Mask(2), NotZero()] },
        { "not in a set", [new MetaExpression(NfTables.NFT_META_IIFNAME, 1), new LookupExpression(1, "s") { IsInverted = true }] },
        { "a map", [new MetaExpression(NfTables.NFT_META_IIFNAME, 1), new LookupExpression(1, "s") { Destination = 2 }] },
        { "l4proto in a named set", [new MetaExpression(NfTables.NFT_META_L4PROTO, 1), new LookupExpression(1, "s")] },
        { "sctp", [new MetaExpression(NfTables.NFT_META_L4PROTO, 1), Protocols(new NftSetElement([132]))] },
        { "a range", [new MetaExpression(NfTables.NFT_META_L4PROTO, 1), Protocols(new NftSetElement([6]) { Last = [17] })] },
        { "where it goes to", [new CtExpression(NfTables.NFT_CT_DST_IP, 1) { Direction = 0 }, new LookupExpression(1, "s")] },
        { "not from a set", [.. ConnectionParts.Load(ConnectionPart.Client4), new LookupExpression(1, "s") { IsInverted = true }] },
        { "half a connection", ConnectionParts.Load(ConnectionPart.Whole6)[..4] },
        { "drop", [new VerdictExpression(NftVerdict.Drop)] },
        { "half a match", [new MetaExpression(NfTables.NFT_META_IIFNAME, 1)] },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void What_our_rules_are_not_made_of_is_foreign(string what, NftExpression[] expressions)
    {
        Assert.NotEmpty(what);
        Assert.Null(RuleMapper.FromKernel(new NftRule(Table, "forward") { Expressions = [.. expressions] }));
    }

    private static CtExpression Ct() => new(NfTables.NFT_CT_STATE, 1);

    private static BitwiseExpression Mask(uint bits) => new(1, 1, NftValue.Host(bits), NftValue.Host(0));

    private static CompareExpression NotZero() => new(1, NftComparison.NotEqual, NftValue.Host(0));

    private static LookupExpression Protocols(params NftSetElement[] elements) =>
        new(1, new NftAnonymousSet(NftSetKey.OfMeta(NfTables.NFT_META_L4PROTO), elements));
}
