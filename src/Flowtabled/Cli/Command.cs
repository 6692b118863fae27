namespace Flowtabled.Cli;

/// <summary>A command: one line of the table that parsing, help, completion and the README's list come from.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="summary">One line for the help.</param>
/// <param name="execute">Does it, and returns an <see cref="ExitStatus"/>. It throws <see cref="CommandException"/> for what
/// it can explain to the user in a sentence.</param>
internal sealed class Command(string name, string summary, Func<Invocation, int> execute)
{
    public string Name => name;

    public string Summary => summary;

    public Func<Invocation, int> Execute => execute;

    public Argument[] Arguments { get; init; } = [];

    /// <summary>Its options; <see cref="CommonOptions.Help"/> is every command's.</summary>
    public Option[] Options { get; init; } = [];

    /// <summary>Its name and arguments: <c>config [PACKAGE]</c>.</summary>
    public string Usage => string.Join(' ', [name, .. Arguments.Select(static argument => argument.Usage)]);
}
