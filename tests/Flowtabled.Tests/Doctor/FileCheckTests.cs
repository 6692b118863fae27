using Flowtabled.Daemon;
using Flowtabled.Doctor;
using Flowtabled.Doctor.Checks;

namespace Flowtabled.Tests.Doctor;

/// <summary>The checks that look at files only.</summary>
public sealed class FileCheckTests : IDisposable
{
    private readonly PatientFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_good_configuration_is_fine()
    {
        _files.Write("config/firewall", "config defaults\n\toption flow_offloading '1'\n");

        Assert.Equal([Diagnosis.Ok("it can be read, and nothing in it is doubtful")], ConfigurationCheck.Run(_files.Patient));
    }

    [Fact]
    public void A_file_that_does_not_parse_is_told_with_its_place()
    {
        var file = _files.Write("config/firewall", "config defaults\n\toptoin flow_offloading '1'\n");

        Assert.Equal(
            [Diagnosis.Error($"{file}: Parse error (invalid command) at line 2, byte 1", "correct the file")],
            ConfigurationCheck.Run(_files.Patient));
    }

    [Fact]
    public void A_value_that_stops_fw4_is_told_with_its_place()
    {
        _files.Write("config/firewall", "config defaults\n\toption flow_offloading 'enabled'\n");

        var found = Assert.Single(ConfigurationCheck.Run(_files.Patient));

        Assert.Equal(Verdict.Error, found.Verdict);
        Assert.StartsWith("firewall.@defaults[0].flow_offloading, line 2: ", found.Message);
        Assert.Contains("fw4 stops here", found.Message);
    }

    [Fact]
    public void Uncommitted_changes_are_told_by_option_for_each_package_that_is_read()
    {
        var firewall = _files.Write(
            "uci/firewall", "firewall.cfg01e63d.flow_offloading='1'\nfirewall.cfg01e63d.flow_offloading='0'\n-firewall.cfg01e63d.flow_offloading_hw\n");
        _files.Write("uci/network", "");
        _files.Write("uci/wireless", "wireless.radio0.disabled='1'\n");

        var found = Assert.Single(UncommittedCheck.Run(_files.Patient));

        Assert.Equal(
            Diagnosis.Warning(
                $"{firewall} has changes that are not committed (firewall.cfg01e63d.flow_offloading, firewall.cfg01e63d.flow_offloading_hw): "
                    + "fw4 goes by them, flowtabled does not",
                "uci commit firewall, or uci revert firewall"),
            found);
    }

    [Fact]
    public void Of_many_uncommitted_changes_the_first_are_named_and_what_is_no_text_is_shown_as_such()
    {
        _files.Write("uci/network", string.Concat(Enumerable.Range(1, 9).Select(static n => $"+network.s{n}='interface'\n")) + "\u001b[2J\n");

        var found = Assert.Single(UncommittedCheck.Run(_files.Patient));

        Assert.Contains("(network.s1, network.s2, network.s3, network.s4, network.s5 and 5 more)", found.Message, StringComparison.Ordinal);
        Assert.Equal("uci commit network, or uci revert network", found.Remedy);
    }

    [Fact]
    public void Nothing_uncommitted_is_fine()
        => Assert.Equal([Diagnosis.Ok("no changes wait to be committed")], UncommittedCheck.Run(_files.Patient));

    [Fact]
    public void No_daemon_is_a_warning()
        => Assert.Equal(Verdict.Warning, Assert.Single(DaemonCheck.Run(_files.Patient)).Verdict);

    [Theory]
    [InlineData(null, "ok")]
    [InlineData("EBUSY", "error")]
    public void A_daemon_is_fine_unless_it_was_refused(string? refusal, string verdict)
    {
        _files.Write("run/flowtabled/state", Running(refusal).Format());

        var found = Assert.Single(DaemonCheck.Run(_files.Patient));

        Assert.Equal(Enum.Parse<Verdict>(verdict, ignoreCase: true), found.Verdict);
        Assert.Contains($"(pid {Environment.ProcessId})", found.Message);
        Assert.Contains(refusal ?? "", found.Message);
    }

    [Theory]
    [InlineData(9, "warning")]
    [InlineData(10, "info")]
    public void A_runtime_out_of_support_is_a_warning(int major, string verdict)
        => Assert.Equal(Enum.Parse<Verdict>(verdict, ignoreCase: true), RuntimeCheck.Judge(new Version(major, 0), $".NET {major}").Verdict);

    // This very process is as good as a daemon: its command line has the program's name.
    private static DaemonState Running(string? refusal) => new()
    {
        Program = BuildVersion.Current.Number,
        Pid = Environment.ProcessId,
        StartedAt = 1,
        Refusal = refusal,
    };
}
