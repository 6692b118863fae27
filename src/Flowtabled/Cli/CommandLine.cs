using Flowtabled.Netlink;

namespace Flowtabled.Cli;

/// <summary>Parses a command line by a table of commands, and runs it.</summary>
/// <param name="commands">The table.</param>
internal sealed class CommandLine(IReadOnlyList<Command> commands)
{
    /// <summary>Runs what <paramref name="args"/> say. What goes wrong is said in one line on <paramref name="error"/>.</summary>
    /// <returns>The program's <see cref="ExitStatus"/>.</returns>
    public int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        string name = "flowtabled";
        try
        {
            return Execute(args, output, error, ref name);
        }
        catch (CommandException e)
        {
            error.WriteLine($"{name}: {e.Message}");
            return e.ExitStatus;
        }
        catch (NetlinkException e)
        {
            error.WriteLine($"{name}: {e.Message}");
            return ExitStatus.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The inner one has the system's own words for EACCES, EPERM and EBADF.
            error.WriteLine($"{name}: {(e.InnerException ?? e).Message}");
            return ExitStatus.Failed;
        }
        catch (Exception e)
        {
            error.WriteLine($"{name}: a fault of the program: {e}");
            return ExitStatus.Failed;
        }
    }

    private int Execute(IReadOnlyList<string> args, TextWriter output, TextWriter error, ref string name)
    {
        (Command? command, Dictionary<Option, string> options, List<string> arguments) = Parse(args);
        if (options.ContainsKey(CommonOptions.Help))
        {
            output.Write(command is null ? HelpText.Of(commands) : HelpText.Of(command));
            return ExitStatus.Fine;
        }
        if (command is null)
        {
            error.Write(HelpText.Of(commands));
            return ExitStatus.Usage;
        }
        name = $"flowtabled {command.Name}";
        CheckOptions(command, options);
        CheckArguments(command, arguments);
        return command.Execute(new Invocation(command, options, arguments, output, error));
    }

    private (Command? Command, Dictionary<Option, string> Options, List<string> Arguments) Parse(IReadOnlyList<string> args)
    {
        Command? command = null;
        Dictionary<Option, string> options = [];
        List<string> arguments = [];
        bool optionsEnded = false;
        for (int i = 0; i < args.Count; i++)
        {
            string word = args[i];
            // What most programs understand.
            if (!optionsEnded && word == "-h")
                word = CommonOptions.Help.Name;
            else if (command is null && word == "--version")
                word = "version";
            if (!optionsEnded && word == "--")
                optionsEnded = true;
            else if (!optionsEnded && word.Length > 1 && word[0] == '-')
                ParseOption(word, command, args, ref i, options);
            else if (command is null)
                command = Find(word);
            else
                arguments.Add(word);
        }
        return (command, options, arguments);
    }

    private static void ParseOption(
        string word, Command? command, IReadOnlyList<string> args, ref int i, Dictionary<Option, string> options)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        Option[] known = command is null ? CommonOptions.All : [.. command.Options, CommonOptions.Help];
        Option option = known.FirstOrDefault(option => option.Name == name)
            ?? throw Unknown("option", name, known.Select(static option => option.Name), command);

        string? value = equals < 0 ? null : word[(equals + 1)..];
        if (option.Placeholder is null)
        {
            if (value is not null)
                throw Misuse($"{name} takes no value", command);
            value = "";
        }
        else
        {
            if (value is null && ++i < args.Count)
                value = args[i];
            // An empty one is a variable of a script that is not set.
            if (string.IsNullOrEmpty(value))
                throw Misuse($"{name} needs a value: {option.Usage}", command);
        }
        CheckChoice(name, value, option.Choices, command);
        options[option] = value;
    }

    private Command Find(string name)
        => commands.FirstOrDefault(command => command.Name == name)
            ?? throw Unknown("command", name, commands.Select(static command => command.Name), null);

    // An option before the command was taken on trust.
    private static void CheckOptions(Command command, Dictionary<Option, string> options)
    {
        foreach (Option option in options.Keys)
        {
            if (!command.Options.Contains(option))
                throw Misuse($"{option.Name} is not an option of {command.Name}", command);
        }
    }

    private static void CheckArguments(Command command, List<string> arguments)
    {
        if (arguments.Count > command.Arguments.Length)
            throw Misuse($"'{arguments[command.Arguments.Length]}' is one word too many", command);
        for (int i = 0; i < command.Arguments.Length; i++)
        {
            Argument argument = command.Arguments[i];
            if (i < arguments.Count)
                CheckChoice(argument.Name, arguments[i], argument.Choices, command);
            else if (!argument.IsOptional)
                throw Misuse($"{argument.Name} is missing", command);
        }
    }

    private static void CheckChoice(string name, string value, string[] choices, Command? command)
    {
        if (choices.Length > 0 && !choices.Contains(value))
            throw Misuse($"{name} is one of {string.Join(", ", choices)}, not '{value}'", command);
    }

    private static CommandException Unknown(string kind, string name, IEnumerable<string> known, Command? command)
    {
        string? meant = Spelling.Nearest(name, known);
        return Misuse($"there is no {kind} '{name}'{(meant is null ? "" : $"; did you mean '{meant}'?")}", command);
    }

    private static CommandException Misuse(string what, Command? command)
        => new($"{what} (see flowtabled {(command is null ? "" : command.Name + " ")}--help)", ExitStatus.Usage);
}
