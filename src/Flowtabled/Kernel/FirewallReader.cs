using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Kernel;

/// <summary>Reads what the firewall offloads.</summary>
internal static class FirewallReader
{
    private static readonly NftTableName Table = BatchMapper.Inet(ObservedFirewall.Table);

    /// <summary>Whether this system has fw4.</summary>
    public static bool IsInstalled => File.Exists("/sbin/fw4");

    /// <summary>What its table has of offloading; null when there is no such table.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or changes faster than it can be read (EINTR).</exception>
    public static ObservedFirewall? Read(NftClient nft)
    {
        if (nft.TryGetTable(Table) is null)
            return null;
        var rules = ImmutableArray.CreateBuilder<FirewallRule>();
        foreach (var rule in nft.GetRules(Table))
        {
            foreach (var expression in rule.Expressions)
            {
                if (expression is FlowOffloadExpression offload)
                    rules.Add(new FirewallRule(rule.Chain, rule.Handle, offload.Flowtable));
            }
        }

        return new ObservedFirewall(rules.ToImmutable(), [.. nft.GetFlowtables(Table).Select(TableReader.ReadFlowtable)]);
    }
}
