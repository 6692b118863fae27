using System.Text;

namespace Flowtabled.Cli;

/// <summary>Writes the help from the table.</summary>
internal static class HelpText
{
    /// <summary>The program's help: its commands.</summary>
    public static string Of(IReadOnlyList<Command> commands)
    {
        StringBuilder text = new();
        text.Append("""
            flowtabled keeps a router's connections in the kernel's flowtables.

            usage: flowtabled COMMAND [OPTION...]


            """);
        AppendColumns(text, [.. commands.Select(static command => new Row(command.Usage, command.Summary))]);
        text.Append("""

            flowtabled COMMAND --help says more about a command.
            The exit status is 0 for fine, 1 for refused or failed, 2 for wrong usage, 3 for findings.

            """);
        return text.ToString();
    }

    /// <summary>One command's help: its arguments and options.</summary>
    public static string Of(Command command)
    {
        StringBuilder text = new();
        text.Append("usage: flowtabled ").Append(command.Usage);
        foreach (Option option in command.Options)
            text.Append(" [").Append(option.Usage).Append(']');
        text.Append("\n\n").Append(command.Summary).Append("\n\n");
        AppendColumns(text,
        [
            .. command.Arguments.Select(static argument => new Row(argument.Name, Describe(argument))),
            .. command.Options.Append(CommonOptions.Help).Select(static option => new Row(option.Usage, option.Summary)),
        ]);
        return text.ToString();
    }

    private static string Describe(Argument argument)
        => argument.Choices.Length == 0 ? argument.Summary : $"{argument.Summary}: {string.Join(", ", argument.Choices)}";

    private static void AppendColumns(StringBuilder text, List<Row> rows)
    {
        int width = rows.Max(static row => row.Left.Length);
        foreach (Row row in rows)
            text.Append("  ").Append(row.Left.PadRight(width)).Append("  ").Append(row.Right).Append('\n');
    }

    private sealed record Row(string Left, string Right);
}
