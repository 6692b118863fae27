using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Kernel;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Doctor.Checks;

/// <summary>
/// Whether a packet can still be dropped after our chain. Its flow is offloaded by then, and the packets that follow do not come through
/// the forward hook any more.
/// </summary>
internal static class LaterChainCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        if (patient.Assessment.Decision.State.Table is not { } ours)
            return [Diagnosis.Info("nothing is offloaded, so no chain comes too late")];
        var found = Judge(patient.Nft.GetChains(), patient.Nft.GetRules(), ours.Chain.Priority).ToList();
        return found.Count > 0 ? found : [Diagnosis.Ok("no chain of the forward hook can drop what is offloaded already")];
    }

    internal static IEnumerable<Diagnosis> Judge(IEnumerable<NftChain> chains, IEnumerable<NftRule> rules, int priority)
    {
        var all = rules.ToList();
        foreach (var chain in chains)
        {
            if (!SeesForwardedPackets(chain.Table) || chain.Hook is not { Number: NftHookNumber.Forward } hook || hook.Priority < priority)
                continue;

            if (hook.Policy == NftPolicy.Drop || CanDrop(chain.Table, chain.Name, all, []))
            {
                var name = $"{chain.Table} {DeviceName.Display(chain.Name)}";
                yield return Diagnosis.Warning(
                    $"chain {name} (forward hook, priority {hook.Priority}) comes after ours and can drop: "
                        + "packets of offloaded flows do not reach it",
                    $"give it a priority below {priority}");
            }
        }
    }

    private static bool SeesForwardedPackets(NftTableName table) =>
        table.Family is NftFamily.Inet or NftFamily.Ipv4 or NftFamily.Ipv6 && table != BatchMapper.Inet(OffloadTable.Name);

    // A verdict map may hold any verdict; reject and queue are no verdicts of a rule, but end the packet's way all the same.
    private static bool CanDrop(
        NftTableName table, string chain, List<NftRule> rules, HashSet<string> visited)
    {
        if (!visited.Add(chain))
            return false;
        foreach (var expression in rules.Where(rule => rule.Table == table && rule.Chain == chain).SelectMany(static rule => rule.Expressions))
        {
            switch (expression)
            {
                case VerdictExpression { Verdict: NftVerdict.Drop }:
                case LookupExpression { Destination: NfTables.NFT_REG_VERDICT }:
                case UnknownExpression { Name: "reject" or "queue" }:
                case VerdictExpression { Chain: { } target } when CanDrop(table, target, rules, visited):
                    return true;
            }
        }

        return false;
    }
}
