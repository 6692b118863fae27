namespace Flowtabled.Cli;

/// <summary>A command: one line of the table that parsing, help, completion and the README's list come from.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="Execute">Does it, and returns an <see cref="ExitStatus"/>. It throws <see cref="CommandException"/> for what
/// it can explain to the user in a sentence.</param>
internal sealed record Command(string Name, string Summary, Func<Invocation, int> Execute)
{
    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    /// <summary>Its options; <see cref="CommonOptions.Help"/> is every command's.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>Its name and arguments: <c>config [PACKAGE]</c>.</summary>
    public string Usage => string.Join(' ', [Name, .. Arguments.Select(static argument => argument.Usage)]);
}
