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
}
