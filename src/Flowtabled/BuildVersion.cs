using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flowtabled;

/// <summary>Which build of the program this is.</summary>
/// <param name="Number">Its version: <c>0.1.0</c>.</param>
/// <param name="Commit">The commit it was built from in full, or <c>unknown</c> where the source was no git repository.</param>
/// <param name="Runtime">The runtime's name and version: <c>.NET 10.0.12</c>.</param>
/// <param name="Compiled"><c>native</c> for the published binary, <c>jit</c> elsewhere.</param>
/// <param name="Platform">The runtime identifier: <c>linux-musl-arm64</c>.</param>
internal sealed record BuildVersion(string Number, string Commit, string Runtime, string Compiled, string Platform)
{
    public static BuildVersion Current { get; } = Read();

    private static BuildVersion Read()
    {
        // The SDK writes version+commit.
        string informational = typeof(BuildVersion).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        int plus = informational.IndexOf('+', StringComparison.Ordinal);
        return new BuildVersion(
            plus < 0 ? informational : informational[..plus],
            plus < 0 ? "unknown" : informational[(plus + 1)..],
            RuntimeInformation.FrameworkDescription,
            RuntimeFeature.IsDynamicCodeCompiled ? "jit" : "native",
            RuntimeInformation.RuntimeIdentifier);
    }
}
