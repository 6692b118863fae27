using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Kernel;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Doctor.Checks;

/// <summary>
/// Whether another flowtable has devices of ours. A flow belongs to the flowtable whose rule sees it first (nft_flow_offload_eval leaves
/// one alone that has IPS_OFFLOAD), so what is excluded here may be offloaded there.
/// </summary>
internal static class ForeignFlowtableCheck
{
    private static readonly NftTableName Firewall = BatchMapper.Inet("fw4");
    private static readonly NftTableName[] OurTables = [BatchMapper.Inet(OffloadTable.Name), BatchMapper.Inet(HardwareTable.Name)];

    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        HashSet<string> ours = [.. DevicesCheck.Hooked(patient.Assessment.Decision)];
        var found = Judge(patient.Nft.GetFlowtables(), patient.Nft.GetRules(), ours).ToList();
        return found.Count > 0 ? found : [Diagnosis.Ok("no other flowtable has these devices")];
    }

    internal static IEnumerable<Diagnosis> Judge(IEnumerable<NftFlowtable> flowtables, IReadOnlyList<NftRule> rules, HashSet<string> ours)
    {
        foreach (var flowtable in flowtables)
        {
            var shared = flowtable.Devices.Where(ours.Contains).Select(DeviceName.Display).Sorted();
            if (OurTables.Contains(flowtable.Table) || shared.Count == 0)
                continue;

            var name = $"flowtable {flowtable} has {string.Join(", ", shared)} too";
            var adds = new FlowOffloadExpression(flowtable.Name);
            var rule = rules.FirstOrDefault(rule => rule.Table == flowtable.Table && rule.Expressions.Contains(adds));
            yield return rule is null
                ? Diagnosis.Info($"{name}, but no rule adds flows to it")
                : Diagnosis.Warning(
                    $"{name}, and a rule adds flows to it: what it takes first is not offloaded here, nor kept out here", Remedy(rule));
        }
    }

    private static string Remedy(NftRule rule)
    {
        var delete = $"nft delete rule {rule}";
        return rule.Table == Firewall ? $"start the daemon, which takes it over, or {delete}" : $"end what made it, or {delete}";
    }
}
