using Flowtabled.Config;
using Flowtabled.Doctor;

namespace Flowtabled.Tests.Doctor;

/// <summary>A patient all of whose files are in a directory of the test's own, which is deleted with it.</summary>
internal sealed class PatientFiles : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-test").FullName;

    public PatientFiles() => Patient = new(
        new ConfigPaths(Path.Combine(_root, "config"), Path.Combine(_root, "run")),
        new Places(Path.Combine(_root, "uci"), Path.Combine(_root, "sys")));

    public Patient Patient { get; }

    /// <summary>Writes a file: <c>config/firewall</c>, <c>run/fw4.state</c>, <c>uci/firewall</c>, <c>sys/net/ipv4/ip_forward</c>.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Patient.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
