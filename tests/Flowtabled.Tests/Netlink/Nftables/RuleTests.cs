using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

public class RuleTests
{
    private static readonly NftRule Rule = Sample.Offload;

    [Fact]
    public void What_was_counted_and_the_handle_make_no_difference()
    {
        var counted = Rule with { Handle = 7, Expressions = [.. Rule.Expressions.SkipLast(1), new CounterExpression(5, 300)] };
        Assert.True(Rule.IsSameAs(counted));
        Assert.True(counted.IsSameAs(Rule));
        Assert.NotEqual(Rule, counted with { Handle = 0 });
        Assert.NotEqual(Rule, Rule with { Handle = 7 });
    }

    public static TheoryData<string, NftRule> Different => new()
    {
        { "comment", Rule with { Comment = null } },
        { "chain", Rule with { Chain = "other" } },
        { "table", Rule with { Table = Rule.Table with { Family = NftFamily.Ipv4 } } },
        { "an expression less", Rule with { Expressions = [.. Rule.Expressions.SkipLast(1)] } },
        { "an expression more", Rule with { Expressions = [.. Rule.Expressions, new CounterExpression()] } },
        { "another order", Rule with { Expressions = [.. Rule.Expressions.Reverse()] } },
        { "another flowtable", Replace(5, new FlowOffloadExpression("hw")) },
        { "no counter", Replace(6, new VerdictExpression(NftVerdict.Continue)) },
        { "another bit", Replace(1, new BitwiseExpression(1, 1, NftValue.Host(3), NftValue.Host(0))) },
        { "another protocol", Replace(4, Lookup(Sample.Element("06"))) },
        { "a protocol more", Replace(4, Lookup(Sample.Element("06"), Sample.Element("11"), Sample.Element("84"))) },
        { "inverted", Replace(4, Lookup(Sample.Element("06"), Sample.Element("11")) with { IsInverted = true }) },
        { "a named set", Replace(4, new LookupExpression(NFT_REG_1, LookupExpression.AnonymousName)) },
    };

    [Theory]
    [MemberData(nameof(Different))]
    public void All_else_does(string what, NftRule other)
    {
        Assert.False(Rule.IsSameAs(other), what);
        Assert.False(other.IsSameAs(Rule), what);
        Assert.NotEqual(Rule, other);
    }

    [Fact]
    public void What_the_kernel_calls_an_anonymous_set_makes_no_difference()
    {
        var ours = Lookup(Sample.Element("06"), Sample.Element("11"));
        var read = new LookupExpression(NFT_REG_1, "__set7") { Anonymous = Lookup(Sample.Element("11"), Sample.Element("06")).Anonymous };
        Assert.Equal(ours, read);
        Assert.Equal(ours.GetHashCode(), read.GetHashCode());
        Assert.NotEqual(new LookupExpression(NFT_REG_1, "a"), new LookupExpression(NFT_REG_1, "b"));
    }

    public static TheoryData<string> Listed => ["flowtabled", "expressions", "foreign"];

    [Theory]
    [MemberData(nameof(Listed))]
    public void What_was_read_is_written_again(string fixture)
    {
        var rules = Decoded.Recorded($"nft/{fixture}.list.hex").Rules;
        Assert.NotEmpty(rules);
        AssertWritten(rules);
    }

    [Fact]
    public void What_nft_does_not_write_is_written() => AssertWritten(
    [
        Rule with { Expressions = [new RangeExpression(NFT_REG_1, NftValue.Network(1), NftValue.Network(9))], Comment = null },
        Rule with { Expressions = [new LookupExpression(NFT_REG_1, "map") { Destination = NFT_REG_VERDICT, IsInverted = true }] },
    ]);

    private static void AssertWritten(List<NftRule> rules)
    {
        var batch = new NftBatch();
        foreach (var rule in rules)
            batch.Append(rule);
        var written = new Decoded();
        written.Read(batch.Messages);
        Assert.Equal(rules.Select(rule => rule with { Handle = 0 }), written.Rules);
    }

    private static NftRule Replace(int index, NftExpression expression)
    {
        var expressions = Rule.Expressions.ToArray();
        expressions[index] = expression;
        return Rule with { Expressions = [.. expressions] };
    }

    private static LookupExpression Lookup(params NftSetElement[] protocols) =>
        new(NFT_REG_1, new NftAnonymousSet(NftSetKey.OfMeta(NFT_META_L4PROTO), protocols));
}
