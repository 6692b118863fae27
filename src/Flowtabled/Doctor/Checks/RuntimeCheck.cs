namespace Flowtabled.Doctor.Checks;

/// <summary>Whether the runtime in the binary still gets security fixes.</summary>
internal static class RuntimeCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) => [Judge(Environment.Version, BuildVersion.Current.Runtime)];

    internal static Diagnosis Judge(Version runtime, string name) => runtime.Major == 9
        ? Diagnosis.Warning($"{name} gets no more security fixes since 2026-11-10", "install a build for .NET 10")
        : Diagnosis.Info(name);
}
