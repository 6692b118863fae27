using Flowtabled.Kernel;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Tests.Kernel;

public sealed class OffloadCounterTests
{
    private static readonly FlowOffloadExpression Flow = new("sw");

    [Fact]
    public void Only_what_is_counted_behind_the_flow_statement_was_offloaded()
    {
        Assert.Equal(7UL, OffloadCounter.Sum([Rule(new CounterExpression(100), Flow, new CounterExpression(7))]));
        Assert.Equal(
            12UL,
            OffloadCounter.Sum([Rule(Flow, new CounterExpression(7)), Rule(new CounterExpression(100)), Rule(Flow, new CounterExpression(5))]));
    }

    [Fact]
    public void Without_a_counter_it_is_not_known()
    {
        Assert.Null(OffloadCounter.Sum([]));
        Assert.Null(OffloadCounter.Sum([Rule(Flow), Rule(new CounterExpression(100))]));
    }

    private static NftRule Rule(params NftExpression[] expressions) =>
        new(new NftTableName(NftFamily.Inet, "flowtabled"), "forward") { Expressions = [.. expressions] };
}
