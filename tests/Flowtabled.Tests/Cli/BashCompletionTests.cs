using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

/// <summary>bash itself says what it would complete.</summary>
public sealed class BashCompletionTests
{
    private enum Level
    {
        Port,
        Logical,
    }

    private static readonly Command Config = new("config", "", static _ => ExitStatus.Fine)
    {
        Options = [CommonOptions.ConfigDirectory, CommonOptions.Json, new ChoiceOption<Level>("--level", Level.Port, "")],
    };

    private static readonly Command Switch = new("switch", "", static _ => ExitStatus.Fine)
    {
        Arguments = [new("STATE", "") { Choices = ["on", "off"] }],
        Options = [new ValueOption("--name", "NAME", "", "")],
    };

    [Theory]
    [InlineData("", "config switch --help --json --config-dir --run-dir")]
    [InlineData("s", "switch")]
    [InlineData("config --", "--config-dir --json --level --help")]
    [InlineData("config --config-dir /et", "/etc")]
    [InlineData("--config-dir /et", "/etc")]
    [InlineData("--config-dir /etc con", "config")]
    [InlineData("config --level ", "port logical")]
    [InlineData("switch o", "on off")]
    [InlineData("switch --name ", "")]
    public async Task Bash_completes(string line, string expected)
        => Assert.Equal((0, expected + "\n", ""), await CompleteAsync([Config, Switch], line));

    [Fact]
    public async Task Bash_completes_the_program_s_own_commands()
        => Assert.Equal((0, "version\n", ""), await CompleteAsync(CommandTable.All, "vers"));

    private static Task<(int Status, string Output, string Error)> CompleteAsync(IReadOnlyList<Command> commands, string line)
        => Bash.RunAsync(
            BashCompletion.Of(commands) + """
                read -ra words <<<"$1"
                if [[ $1 == *' ' || -z $1 ]]; then words+=(''); fi
                COMP_WORDS=(flowtabled "${words[@]}") COMP_CWORD=${#words[@]}
                _flowtabled || true
                echo "${COMPREPLY[*]}"
                """,
            line);
}
