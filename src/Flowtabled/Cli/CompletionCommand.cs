namespace Flowtabled.Cli;

internal static class CompletionCommand
{
    private static readonly Argument Shell = new("SHELL", "the shell") { Choices = ["bash"] };

    public static readonly Command Command = new("completion", "print what makes a shell complete flowtabled's commands", Execute)
    {
        Arguments = [Shell],
    };

    private static int Execute(Invocation call)
    {
        call.Output.Write(BashCompletion.Of(CommandTable.All));
        return ExitStatus.Fine;
    }
}
