using Flowtabled.Daemon;

namespace Flowtabled.Tests.Daemon;

public sealed class FileWatcherTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-watch").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void It_sees_a_file_written_renamed_over_and_removed()
    {
        var file = Path.Combine(_root, "firewall");
        using var watcher = Watch(file);
        Assert.False(watcher.Read());

        File.WriteAllText(file, "config defaults\n");
        Assert.True(watcher.Read());
        Assert.False(watcher.Read());

        var temporary = Path.Combine(_root, ".firewall.uci-abc");
        File.WriteAllText(temporary, "config zone\n");
        Assert.False(watcher.Read());
        File.Move(temporary, file, overwrite: true);
        Assert.True(watcher.Read());

        File.Delete(file);
        Assert.True(watcher.Read());
    }

    [Fact]
    public void Other_files_of_the_directory_do_not_matter()
    {
        using var watcher = Watch(Path.Combine(_root, "firewall"));
        File.WriteAllText(Path.Combine(_root, "dhcp"), "");
        File.WriteAllText(Path.Combine(_root, "firewall2"), "");
        Assert.False(watcher.Read());
    }

    [Fact]
    public void A_directory_that_appears_later_is_watched_from_then_on()
    {
        var directory = Path.Combine(_root, "later");
        using var watcher = Watch(Path.Combine(directory, "firewall"));
        Directory.CreateDirectory(directory);
        watcher.WatchDirectories();
        File.WriteAllText(Path.Combine(directory, "firewall"), "");
        Assert.True(watcher.Read());
    }

    [Fact]
    public void A_directory_that_is_replaced_is_told_and_watched_again()
    {
        var directory = Path.Combine(_root, "config");
        Directory.CreateDirectory(directory);
        using var watcher = Watch(Path.Combine(directory, "firewall"));
        Directory.Move(directory, directory + ".old");
        Assert.True(watcher.Read());

        Directory.CreateDirectory(directory);
        watcher.WatchDirectories();
        File.WriteAllText(Path.Combine(directory, "firewall"), "");
        Assert.True(watcher.Read());
    }

    [Fact]
    public void Two_files_of_one_name_in_different_directories_are_told_apart()
    {
        var override_ = Path.Combine(_root, "uci");
        Directory.CreateDirectory(override_);
        using var watcher = Watch(Path.Combine(_root, "firewall"), Path.Combine(override_, "network"));
        File.WriteAllText(Path.Combine(override_, "firewall"), "");
        Assert.False(watcher.Read());
        File.WriteAllText(Path.Combine(override_, "network"), "");
        Assert.True(watcher.Read());
    }

    private static FileWatcher Watch(params string[] files)
    {
        var watcher = new FileWatcher(files);
        watcher.WatchDirectories();
        return watcher;
    }
}
