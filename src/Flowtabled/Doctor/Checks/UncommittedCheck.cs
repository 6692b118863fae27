using Flowtabled.Config;

namespace Flowtabled.Doctor.Checks;

/// <summary>
/// Whether there are changes that <c>uci set</c> made and nobody committed: libuci, and so fw4, reads them along; flowtabled reads what is
/// committed.
/// </summary>
internal static class UncommittedCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        var found = new List<Diagnosis>();
        foreach (var package in ConfigPaths.Packages)
        {
            var file = new FileInfo(Path.Combine(patient.Places.Uncommitted, package));
            if (file is { Exists: true, Length: > 0 })
            {
                found.Add(Diagnosis.Warning(
                    $"{file.FullName} has changes that are not committed: fw4 goes by them, flowtabled does not",
                    $"uci commit {package}, or uci revert {package}"));
            }
        }

        return found.Count > 0 ? found : [Diagnosis.Ok("no changes wait to be committed")];
    }
}
