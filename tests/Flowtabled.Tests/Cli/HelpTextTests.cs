using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

public sealed class HelpTextTests
{
    private static readonly Command Config = new("config", "print what was read", static _ => ExitStatus.Fine)
    {
        Arguments = [new("PACKAGE", "one file") { IsOptional = true }],
        Options = [CommonOptions.ConfigDirectory, new Flag("--all", "everything")],
    };

    private static readonly Command Switch = new("switch", "turn it on or off", static _ => ExitStatus.Fine)
    {
        Arguments = [new("STATE", "the new state") { Choices = ["on", "off"] }],
    };

    [Fact]
    public void A_command_s_help_lists_its_arguments_and_options()
        => Assert.Equal(
            """
            usage: flowtabled config [PACKAGE] [--config-dir DIR] [--all]

            print what was read

              PACKAGE           one file
              --config-dir DIR  where the UCI files are (default /etc/config)
              --all             everything
              --help            say what the command does and takes

            """,
            HelpText.Of(Config));

    [Fact]
    public void An_argument_s_choices_are_listed()
        => Assert.Contains("  STATE   the new state: on, off\n", HelpText.Of(Switch), StringComparison.Ordinal);

    [Fact]
    public void The_program_s_help_lists_the_commands()
        => Assert.Contains(
            """

              config [PACKAGE]  print what was read
              switch STATE      turn it on or off

            """,
            HelpText.Of([Config, Switch]), StringComparison.Ordinal);
}
