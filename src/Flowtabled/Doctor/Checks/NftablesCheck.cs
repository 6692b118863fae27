using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.Doctor.Checks;

/// <summary>Whether the kernel has nftables.</summary>
internal static class NftablesCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) => [Judge(patient.Nft)];

    internal static Diagnosis Judge(NftClient nft)
    {
        try
        {
            return Diagnosis.Ok($"the kernel has nftables; its ruleset is at generation {nft.GetGeneration().Id}");
        }
        catch (NetlinkException e) when (e.Errno != Errno.EPERM)
        {
            return Diagnosis.Error($"no nftables: {e.Message}", "install kmod-nft-core, or a kernel with CONFIG_NF_TABLES");
        }
    }
}
