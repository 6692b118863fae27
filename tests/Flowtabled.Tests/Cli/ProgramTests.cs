using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

/// <summary>The program as a process, in a shell.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("$flowtabled help | head -n 1", "flowtabled keeps a router's connections in the kernel's flowtables.\n", "", 0)]
    [InlineData("$flowtabled --help | head -n 1", "flowtabled keeps a router's connections in the kernel's flowtables.\n", "", 0)]
    [InlineData("$flowtabled version --help | head -n 1", "usage: flowtabled version [--json]\n", "", 0)]
    [InlineData("$flowtabled help >&-", "", "flowtabled: Bad file descriptor\n", ExitStatus.Failed)]
    [InlineData("$flowtabled version >/dev/full", "", "flowtabled version: No space left on device\n", ExitStatus.Failed)]
    [InlineData("$flowtabled plna", "", "flowtabled: there is no command 'plna'; did you mean 'plan'? (see flowtabled --help)\n", ExitStatus.Usage)]
    [InlineData(
        "$flowtabled config --config-dir ''", "", "flowtabled: --config-dir needs a value: --config-dir DIR (see flowtabled config --help)\n", ExitStatus.Usage)]
    [InlineData("$flowtabled flows --watch </dev/null", "", "flowtabled flows: --watch takes a terminal, as standard input and output\n", ExitStatus.Usage)]
    [InlineData(
        "$flowtabled flows --watch --json", "", "flowtabled flows: --watch is for people and --json for programs: choose one\n", ExitStatus.Usage)]
    public async Task A_shell_sees(string line, string output, string error, int status)
        => Assert.Equal((status, output, error), await Bash.RunAsync(line));

    [Theory]
    [InlineData("plan", "run it as root")]
    [InlineData("apply", "run it as root")]
    [InlineData("config firewall", "/config/firewall: Permission denied")]
    [InlineData("hw retry", "run it as root")]
    public async Task What_it_may_not_do_is_told(string command, string error)
    {
        var (status, output, said) = await Bash.RunAsync(
            """
            root=$(mktemp -d)
            trap 'rm -rf "$root"' EXIT
            mkdir "$root/config"
            touch "$root/config/firewall"
            chmod 0 "$root/config/firewall"
            drop=
            [ "$(id -u)" != 0 ] || drop='setpriv --bounding-set -all --inh-caps -all' # who may write everywhere
            status=0
            $drop $flowtabled $1 --config-dir "$root/config" --run-dir "$root/run" 2>"$root/error" || status=$?
            sed "s:$root::" "$root/error" >&2
            exit "$status"
            """,
            command);
        Assert.Equal((ExitStatus.Failed, ""), (status, output));
        Assert.StartsWith($"flowtabled {command.Split(' ')[0]}: ", said, StringComparison.Ordinal);
        Assert.EndsWith($"{error}\n", said, StringComparison.Ordinal);
    }
}
