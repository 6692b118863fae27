namespace Flowtabled.Doctor.Checks;

/// <summary>Whether the kernel's switches let packets be forwarded, flows be counted, and flows stay offloaded.</summary>
internal static class SysctlCheck
{
    private const string Forward4 = "net/ipv4/ip_forward";
    private const string Forward6 = "net/ipv6/conf/all/forwarding";
    private const string Accounting = "net/netfilter/nf_conntrack_acct";

    // Also what a drain sets for as long as it lasts.
    private static readonly string[] Timeouts = ["net/netfilter/nf_flowtable_tcp_timeout", "net/netfilter/nf_flowtable_udp_timeout"];

    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        var found = Faults(patient).ToList();
        return found.Count > 0 ? found : [Diagnosis.Ok("packets are forwarded, flows are counted and stay offloaded")];
    }

    private static IEnumerable<Diagnosis> Faults(Patient patient)
    {
        if (patient.Sysctl(Forward4) == "0")
        {
            yield return Diagnosis.Warning(
                "net.ipv4.ip_forward is 0: no IPv4 packet is forwarded, so none is offloaded", "sysctl -w net.ipv4.ip_forward=1");
        }

        if (patient.Sysctl(Forward6) == "0")
            yield return Diagnosis.Info("net.ipv6.conf.all.forwarding is 0: no IPv6 packet is forwarded, so none is offloaded");
        if (patient.Sysctl(Accounting) == "0")
        {
            yield return patient.Config.Flowtabled.Accounting
                ? Diagnosis.Warning(
                    "net.netfilter.nf_conntrack_acct is 0: connections do not count what they carry, until the daemon sets it",
                    "sysctl -w net.netfilter.nf_conntrack_acct=1, or option accounting 0 in /etc/config/flowtabled")
                : Diagnosis.Info("net.netfilter.nf_conntrack_acct is 0: what connections carry is not measured, as option accounting 0 allows");
        }

        foreach (var timeout in Timeouts)
        {
            var name = timeout.Replace('/', '.');
            if (patient.Sysctl(timeout) == "0")
                yield return Diagnosis.Warning($"{name} is 0: flows leave the flowtable at once", $"sysctl -w {name}=30");
        }

        if (patient.Sysctl(Accounting) is null)
            yield return Diagnosis.Warning("there is no net.netfilter.nf_conntrack_acct: connections are not tracked", "load nf_conntrack");
    }
}
