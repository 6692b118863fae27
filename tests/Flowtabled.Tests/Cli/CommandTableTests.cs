using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

public sealed class CommandTableTests
{
    [Fact]
    public void Names_are_unique()
        => Assert.Distinct(CommandTable.All.Select(static command => command.Name));

    // Bash's completion and a reader take an option by its name alone.
    [Fact]
    public void An_option_takes_the_same_in_every_command()
        => Assert.All(
            CommandTable.All.SelectMany(static command => command.Options).GroupBy(static option => option.Name),
            static options => Assert.Single(options.Select(static option => option.Usage).Distinct()));

    [Fact]
    public void An_optional_argument_is_the_last()
        => Assert.All(
            CommandTable.All,
            static command => Assert.DoesNotContain(command.Arguments.SkipLast(1), static argument => argument.IsOptional));
}
