using Flowtabled.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Config.Files;

public sealed class TrialFileTests : IDisposable
{
    private static readonly HardwareTrial Trial = new(new TrialSubject("6.12", "hw auto", ["\u00ff mtk"]), "boot 1", TrialState.Running, 1);

    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-trial").FullName;
    private readonly TrialFile _file;

    public TrialFileTests() => _file = new TrialFile(new ConfigPaths(Path.Combine(_root, "config"), Path.Combine(_root, "run")).Trial);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void It_is_beside_the_configuration()
    {
        Assert.Equal(Path.Combine(_root, "flowtabled", "hw-trial"), _file.FilePath);
        Assert.Equal("/etc/flowtabled/hw-trial", new ConfigPaths("/etc/config", "/var/run").Trial);
        Assert.Equal("/etc/flowtabled/hw-trial", new ConfigPaths("/etc/config/", "/var/run").Trial);
        Assert.Equal("/flowtabled/hw-trial", new ConfigPaths("/", "/var/run").Trial);
    }

    [Fact]
    public void What_was_written_is_read_and_what_was_removed_is_gone()
    {
        _file.Write(Trial);
        Assert.Equal(TrialText.Of(Trial), TrialText.Of(_file.Read().Trial!));
        Assert.Equal([_file.FilePath], Directory.GetFiles(Path.Combine(_root, "flowtabled")));

        _file.Write(Trial.Pass());
        Assert.Equal(TrialState.Passed, _file.Read().Trial!.State);

        Assert.True(_file.Remove());
        Assert.False(_file.Remove());
        Assert.Null(_file.Read().Trial);
        Assert.Empty(_file.Read().Findings);
    }

    [Fact]
    public void What_a_power_cut_left_is_a_finding_and_none()
    {
        _file.Write(Trial);
        File.WriteAllText(_file.FilePath, "");

        var (trial, findings) = _file.Read();

        Assert.Null(trial);
        Assert.Equal(
            $"{_file.FilePath}, line 1: this is not what flowtabled wrote; hardware begins its trial as if there were no such file",
            Assert.Single(findings).ToString());
        Assert.Equal(FindingSeverity.Warning, findings[0].Severity);

        // And half of the next one does not matter.
        File.WriteAllText(_file.FilePath + ".new", "kernel");
        _file.Write(Trial);
        Assert.NotNull(_file.Read().Trial);
    }

    [Fact]
    public void One_that_cannot_be_read_is_a_finding_and_none()
    {
        Directory.CreateDirectory(_file.FilePath);

        var (trial, findings) = _file.Read();

        Assert.Null(trial);
        Assert.Equal($"{_file.FilePath}: cannot be read: Permission denied", Assert.Single(findings).ToString());
    }

    [Fact]
    public void One_that_cannot_be_written_leaves_what_was_there()
    {
        _file.Write(Trial);
        Directory.CreateDirectory(_file.FilePath + ".new");

        Assert.ThrowsAny<Exception>(() => _file.Write(Trial.Pass()));
        Assert.Equal(TrialState.Running, _file.Read().Trial!.State);
    }

    [Fact]
    public void The_configuration_has_it_and_its_finding()
    {
        var paths = new ConfigPaths(Path.Combine(_root, "config"), Path.Combine(_root, "run"));
        Directory.CreateDirectory(paths.ConfigDirectory);
        _file.Write(Trial);
        Assert.Equal(TrialText.Of(Trial), TrialText.Of(new ConfigFiles(paths).Read().Trial!));

        File.WriteAllText(_file.FilePath, "nonsense\n");
        var config = new ConfigFiles(paths).Read();
        Assert.Null(config.Trial);
        Assert.True(config.IsComplete);
        Assert.Single(config.Findings);
    }
}
