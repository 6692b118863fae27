using Flowtabled.Config;
using Flowtabled.Doctor;

namespace Flowtabled.Tests.Doctor;

/// <summary>A patient all of whose files are in a directory of the test's own, which is deleted with it.</summary>
internal sealed class PatientFiles : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-test").FullName;

    private Patient? _patient;

    /// <summary>As the files are when it is first asked for.</summary>
    public Patient Patient => _patient ??= new(
        new ConfigPaths(Path.Combine(_root, "config"), Path.Combine(_root, "run")),
        new Places(Path.Combine(_root, "uci"), Path.Combine(_root, "sys"), Path.Combine(_root, "debug")));

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
        _patient?.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
