using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Kernel;

/// <summary>Counts the flows that rules have offloaded: a counter behind the flow statement counts just those.</summary>
internal static class OffloadCounter
{
    /// <summary>The sum over these rules; null when none of them counts.</summary>
    public static ulong? Sum(IEnumerable<NftRule> rules)
    {
        ulong? sum = null;
        foreach (var rule in rules)
        {
            var isBehind = false;
            foreach (var expression in rule.Expressions)
            {
                if (isBehind && expression is CounterExpression counter)
                    sum = (sum ?? 0) + counter.Packets;
                isBehind |= expression is FlowOffloadExpression;
            }
        }

        return sum;
    }
}
