using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Doctor.Checks;

/// <summary>Whether the kernel tells about its connections: which of them are offloaded, nobody else knows.</summary>
internal static class ConntrackCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        using var conntrack = ConntrackClient.Open();
        return [Judge(conntrack)];
    }

    internal static Diagnosis Judge(ConntrackClient conntrack)
    {
        try
        {
            var count = conntrack.Count();
            return Diagnosis.Ok($"the kernel lists its connections: {count.Total}, of which {count.Software + count.Hardware} offloaded");
        }
        catch (NetlinkException e) when (e.Errno != Errno.EPERM)
        {
            return Diagnosis.Error(
                $"the kernel does not list its connections: {e.Message}",
                "install kmod-nf-conntrack-netlink, or a kernel with CONFIG_NF_CT_NETLINK");
        }
    }
}
