using Flowtabled.Config;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Doctor.Checks;

/// <summary>
/// Whether there are changes that <c>uci set</c> made and nobody committed: libuci, and so fw4, reads them along; flowtabled reads what is
/// committed.
/// </summary>
internal static class UncommittedCheck
{
    private const int MostOptions = 5;

    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        var found = new List<Diagnosis>();
        foreach (var package in ConfigPaths.Packages)
        {
            var file = new FileInfo(Path.Combine(patient.Places.Uncommitted, package));
            if (file is { Exists: true, Length: > 0 })
            {
                found.Add(Diagnosis.Warning(
                    $"{file.FullName} has changes that are not committed ({Options(file.FullName)}): fw4 goes by them, flowtabled does not",
                    $"uci commit {package}, or uci revert {package}"));
            }
        }

        return found.Count > 0 ? found : [Diagnosis.Ok("no changes wait to be committed")];
    }

    // A line is a change: a mark for what kind, "firewall.cfg01e63d.flow_offloading", and a value (libuci, delta.c).
    private static string Options(string file)
    {
        var options = new List<string>();
        var more = 0;
        foreach (var line in (FileBytes.ReadTextIfExists(file) ?? "").Split('\n'))
        {
            var end = line.IndexOf('=');
            var option = DeviceName.Display((end < 0 ? line : line[..end]).TrimStart("-+@^|~".ToCharArray()));
            if (option.Length == 0 || options.Contains(option))
                continue;
            if (options.Count < MostOptions)
                options.Add(option);
            else
                more++;
        }

        return string.Join(", ", options) + (more > 0 ? $" and {more} more" : "");
    }
}
