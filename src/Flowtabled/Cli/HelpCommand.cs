namespace Flowtabled.Cli;

internal static class HelpCommand
{
    private static readonly Argument Topic = new("COMMAND", "a command") { IsOptional = true };

    public static readonly Command Command = new("help", "say what there is, or what a command takes", Execute) { Arguments = [Topic] };

    private static int Execute(Invocation call)
    {
        string[] args = call.Get(Topic) is { } topic ? [topic, CommonOptions.Help.Name] : [CommonOptions.Help.Name];
        return new CommandLine(CommandTable.All).Run(args, call.Output, call.Error);
    }
}
