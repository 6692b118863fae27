using Flowtabled.Cli;

namespace Flowtabled.Tests.Metrics;

/// <summary><c>flowtabled metrics --output</c>: the file.</summary>
public sealed class MetricsFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-metrics").FullName;
    private readonly string _file;

    public MetricsFileTests() => _file = Path.Combine(_root, "flowtabled.prom");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void It_is_made_and_replaced_and_nothing_stays_beside_it()
    {
        MetricsCommand.Replace(_file, "a long text\n");
        using var reader = File.OpenText(_file);
        MetricsCommand.Replace(_file, "é\n");

        Assert.Equal("é\n", File.ReadAllText(_file));
        Assert.Equal("a long text\n", reader.ReadToEnd()); // One that is being read stays whole.
        Assert.Equal([_file], Directory.GetFiles(_root));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_named()
    {
        var error = Assert.Throws<CommandException>(() => MetricsCommand.Replace(Path.Combine(_root, "no", "file.prom"), ""));

        Assert.Equal($"cannot write {_root}/no/file.prom: there is no directory {_root}/no", error.Message);
        Assert.Equal(ExitStatus.Failed, error.ExitStatus);
    }

    [Fact]
    public void A_directory_in_its_place_stays_and_nothing_beside_it()
    {
        Directory.CreateDirectory(_file);

        foreach (var path in (string[])[_file, _file + "/"])
        {
            var error = Assert.Throws<CommandException>(() => MetricsCommand.Replace(path, ""));
            Assert.Equal($"cannot write {_file}: Is a directory", error.Message);
        }

        Assert.Equal([_file], Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void The_systems_own_words_say_why_not()
    {
        var error = Assert.Throws<CommandException>(() => MetricsCommand.Replace("/sys/flowtabled.prom", ""));

        Assert.Equal("cannot write /sys/flowtabled.prom: Permission denied", error.Message);
    }
}
