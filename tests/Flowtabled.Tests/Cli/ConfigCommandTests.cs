using System.Text;
using Flowtabled.Cli;
using Flowtabled.Native;

namespace Flowtabled.Tests.Cli;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-test").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void One_package_is_printed_as_uci_show_prints_it()
    {
        Write(
            "config/firewall",
            "config defaults\n\toption flow_offloading 1\n\nconfig zone\n\toption name lan\n\tlist network lan\n\tlist network guest\n");

        Assert.Equal(
            (ExitStatus.Fine, "firewall.@defaults[0]=defaults\nfirewall.@defaults[0].flow_offloading='1'\nfirewall.@zone[0]=zone\n"
                + "firewall.@zone[0].name='lan'\nfirewall.@zone[0].network='lan' 'guest'\n", ""),
            Run("config", "firewall"));
    }

    [Fact]
    public void All_packages_are_printed_and_missing_ones_named()
    {
        Write("config/network", "config interface wan\n");
        Write("config/firewall", "config defaults d\n");

        Assert.Equal(
            (ExitStatus.Fine, "firewall.d=defaults\nnetwork.wan=interface\n",
                $"{_root}/config/flowtabled does not exist: what it could say has its default\n"),
            Run("config"));
    }

    [Fact]
    public void A_package_in_the_run_directory_takes_the_place_of_the_other()
    {
        Write("config/network", "config interface wan\n");
        Write("run/uci/network", "config interface lan\n");

        Assert.Equal((ExitStatus.Fine, "network.lan=interface\n", ""), Run("config", "network"));
    }

    [Fact]
    public void Bytes_of_no_encoding_come_out_as_they_are()
    {
        Write("config/network", [.. "config interface wan\n\toption x '"u8, 0xff, 0xc3, 0xa9, .. "'\n"u8]);

        Assert.Equal((ExitStatus.Fine, "network.wan=interface\nnetwork.wan.x='\u00ff\u00c3\u00a9'\n", ""), Run("config", "network"));
    }

    [Fact]
    public void A_file_that_does_not_parse_is_a_failure_with_its_place()
    {
        Write("config/network", "config interface wan\noption\n");

        Assert.Equal(
            (ExitStatus.Failed, "", $"flowtabled config: {_root}/config/network: Parse error (invalid command) at line 2, byte 0\n"),
            Run("config", "network"));
    }

    [Fact]
    public void A_directory_in_place_of_a_file_is_a_failure()
    {
        Directory.CreateDirectory($"{_root}/config/network");

        Assert.Equal(
            (ExitStatus.Failed, "", $"flowtabled config: {_root}/config/network: Permission denied\n"), Run("config", "network"));
    }

    [Fact]
    public void A_package_that_is_not_read_is_wrong_usage()
        => Assert.Equal(
            (ExitStatus.Usage, "",
                "flowtabled config: PACKAGE is one of firewall, network, flowtabled, not 'wireless' (see flowtabled config --help)\n"),
            Run("config", "wireless"));

    private void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private (int Status, string Output, string Error) Run(params string[] args)
    {
        using var file = File.OpenHandle(Path.Combine(_root, "output"), FileMode.Create, FileAccess.Write);
        using DescriptorWriter output = new((int)file.DangerousGetHandle());
        using StringWriter error = new() { NewLine = "\n" };
        string[] where = ["--config-dir", $"{_root}/config", "--run-dir", $"{_root}/run"];
        var status = new CommandLine(CommandTable.All).Run([.. args, .. where], output, error);
        return (status, File.ReadAllText(Path.Combine(_root, "output"), Encoding.Latin1), error.ToString());
    }
}
