using Flowtabled.Native;

namespace Flowtabled.Doctor.Checks;

/// <summary>Which kernel it is, for whoever reads the report.</summary>
internal static class KernelCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) => [Diagnosis.Info($"Linux {Uname.Release}")];
}
