using Flowtabled.Config;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config.Files;

public sealed class ConfigFilesTests : IDisposable
{
    private const string Firewall = "config defaults\n\toption flow_offloading '1'\n";
    private const string Broken = "config defaults\n\toption flow_offloading '1\n";
    private const string Network = "config interface 'lan'\n\toption proto 'static'\n\toption device 'br-lan'\n";

    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-config").FullName;
    private readonly ConfigPaths _paths;
    private readonly ConfigFiles _files;

    public ConfigFilesTests()
    {
        _paths = new ConfigPaths(Path.Combine(_root, "etc"), Path.Combine(_root, "run"));
        Directory.CreateDirectory(_paths.ConfigDirectory);
        Directory.CreateDirectory(Path.Combine(_paths.RunDirectory, "uci"));
        _files = new ConfigFiles(_paths);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Without_files_the_defaults_hold()
    {
        var config = _files.Read();
        Assert.True(config.IsComplete);
        Assert.Empty(config.Problems);
        Assert.False(config.Firewall.FlowOffloading);
        Assert.True(config.Flowtabled.Enabled);
    }

    [Fact]
    public void A_file_that_never_parsed_leaves_the_configuration_incomplete()
    {
        Write("firewall", Broken);
        var config = _files.Read();
        Assert.False(config.IsComplete);
        var problem = Assert.Single(config.Problems);
        Assert.Equal(_paths.Committed("firewall"), problem.File);
        Assert.StartsWith("Parse error (EOF with unterminated ') at line ", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_breaks_keeps_what_it_said()
    {
        Write("firewall", Firewall);
        Assert.True(_files.Read().Firewall.FlowOffloading);

        Write("firewall", Broken);
        var broken = _files.Read();
        Assert.True(broken.Firewall.FlowOffloading);
        Assert.True(broken.IsComplete);
        Assert.Single(broken.Problems);

        Write("firewall", "config defaults\n");
        var repaired = _files.Read();
        Assert.False(repaired.Firewall.FlowOffloading);
        Assert.Empty(repaired.Problems);
    }

    [Fact]
    public void A_directory_in_place_of_a_file_is_a_problem_not_a_crash()
    {
        Directory.CreateDirectory(_paths.Committed("network"));
        var config = _files.Read();
        Assert.False(config.IsComplete);
        Assert.Equal("Permission denied", Assert.Single(config.Problems).Reason);
    }

    [Fact]
    public void A_package_under_run_takes_the_place_of_the_committed_one()
    {
        Write("firewall", Firewall);
        File.WriteAllText(_paths.Override("firewall"), "config defaults\n");
        Assert.False(_files.Read().Firewall.FlowOffloading);
    }

    [Fact]
    public void What_fw4_loaded_goes_before_a_guess()
    {
        Write("network", Network);
        Assert.Equal(BindingSource.Guessed, _files.Read().Networks.Find("lan")!.Source);

        File.WriteAllText(_paths.Fw4State, """{"networks":{"lan":{"up":true,"device":"br-lan","physdev":"br-lan"}},"zones":[]}""");
        Assert.Equal(BindingSource.Fw4State, _files.Read().Networks.Find("lan")!.Source);
    }

    [Fact]
    public void A_state_file_of_fw4_that_is_cut_is_told_and_guessed_around()
    {
        Write("network", Network);
        File.WriteAllText(_paths.Fw4State, """{"networks":{"lan":{"up":tr""");
        var config = _files.Read();
        Assert.Equal(BindingSource.Guessed, config.Networks.Find("lan")!.Source);
        var problem = Assert.Single(config.Problems);
        Assert.Equal(_paths.Fw4State, problem.File);
        Assert.EndsWith("; until it can be read, /etc/config/network tells which devices the networks have", problem.ToString(), StringComparison.Ordinal);
        Assert.True(config.IsComplete);
    }

    [Fact]
    public void A_state_file_of_fw4_that_breaks_keeps_what_it_said_until_it_goes()
    {
        Write("network", Network);
        File.WriteAllText(_paths.Fw4State, """{"networks":{"lan":{"up":true,"device":"br-lan2","physdev":"br-lan2"}},"zones":[]}""");
        _files.Read();

        File.WriteAllText(_paths.Fw4State, """{"networks":{"lan":{"up":tr""");
        var broken = _files.Read();
        Assert.Equal("br-lan2", broken.Networks.Find("lan")!.L3Device);
        Assert.EndsWith("; what was read before stays in effect", Assert.Single(broken.Problems).ToString(), StringComparison.Ordinal);

        File.Delete(_paths.Fw4State);
        var gone = _files.Read();
        Assert.Equal(BindingSource.Guessed, gone.Networks.Find("lan")!.Source);
        Assert.Empty(gone.Problems);
    }

    private void Write(string package, string text) => File.WriteAllText(_paths.Committed(package), text);
}
