using System.Text;

namespace Flowtabled.Cli;

/// <summary>Writes a function that completes the table's commands, for bash to source.</summary>
internal static class BashCompletion
{
    public static string Of(IReadOnlyList<Command> commands)
    {
        StringBuilder text = new();
        text.Append("""
            _flowtabled() {
                local words word=${COMP_WORDS[COMP_CWORD]}
                case ${COMP_WORDS[COMP_CWORD-1]} in

            """);
        HashSet<string> seen = [];
        foreach (Option option in commands.SelectMany(static command => command.Options).Where(option => seen.Add(option.Name)))
            AppendValues(text, option);
        text.Append("""
                    *)
                        case " ${COMP_WORDS[*]:1:COMP_CWORD-1} " in

            """);
        foreach (Command command in commands)
        {
            IEnumerable<string> words = command.Arguments.SelectMany(static argument => argument.Choices);
            AppendWords(text, $"*' {command.Name} '*", words.Concat(Names(command.Options)));
        }
        AppendWords(text, "*", [.. commands.Select(static command => command.Name), .. Names(CommonOptions.All)]);
        text.Append("""
                        esac ;;
                esac
                COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -F _flowtabled flowtabled

            """);
        return text.ToString();
    }

    private static List<string> Names(IEnumerable<Option> options)
        => options.Select(static option => option.Name).Append(CommonOptions.Help.Name).Distinct();

    // What follows an option that takes a value.
    private static void AppendValues(StringBuilder text, Option option)
    {
        if (option.Placeholder == "DIR")
            text.Append("        ").Append(option.Name).Append(") COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n");
        else if (option.Placeholder is not null)
            text.Append("        ").Append(option.Name).Append(") words='").AppendJoin(' ', option.Choices).Append("' ;;\n");
    }

    private static void AppendWords(StringBuilder text, string pattern, IEnumerable<string> words)
        => text.Append("                ").Append(pattern).Append(") words='").AppendJoin(' ', words).Append("' ;;\n");
}
