using Flowtabled.Native;

namespace Flowtabled.Doctor.Checks;

/// <summary>Whether the process may read and change nftables.</summary>
internal static class CapabilityCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) =>
    [
        Capabilities.Has(Capabilities.CAP_NET_ADMIN)
            ? Diagnosis.Ok("it may change the network (CAP_NET_ADMIN)")
            : Diagnosis.Error("it may not change the network: CAP_NET_ADMIN is missing", "run it as root"),
    ];
}
