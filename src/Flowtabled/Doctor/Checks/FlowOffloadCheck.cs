using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Doctor.Checks;

/// <summary>
/// Whether the kernel can offload flows: it is asked to check, not to make, a flowtable and a rule that adds flows to it. That also loads
/// the modules (aliases nf-flowtable-1 and nft-expr-flow_offload), and makes no difference between a module and a built-in.
/// </summary>
internal static class FlowOffloadCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) => [Judge(patient.Nft)];

    internal static Diagnosis Judge(NftClient nft)
    {
        try
        {
            nft.Check(Probe());
            return Diagnosis.Ok("the kernel takes a flowtable, and a rule that adds flows to it");
        }
        catch (NftBatchException e) when (e.Errno != Errno.EPERM)
        {
            return Diagnosis.Error(
                $"the kernel takes no flowtable with a rule for it: {e.Message}",
                "install kmod-nft-offload, or a kernel with CONFIG_NF_FLOW_TABLE_INET and CONFIG_NFT_FLOW_OFFLOAD");
        }
    }

    private static NftBatch Probe()
    {
        var table = new NftTableName(NftFamily.Inet, "flowtabled-probe");
        var batch = new NftBatch();
        batch.Add(new NftTable(table), exclusive: true);
        batch.Add(new NftFlowtable(table, "f"), exclusive: true);
        batch.Add(new NftChain(table, "forward") { Hook = new NftHook("filter", NftHookNumber.Forward, 0) }, exclusive: true);
        batch.Append(new NftRule(table, "forward") { Expressions = [new FlowOffloadExpression("f")] });
        return batch;
    }
}
