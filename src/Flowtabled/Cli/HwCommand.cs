using Flowtabled.Config;
using Flowtabled.Daemon;

namespace Flowtabled.Cli;

internal static class HwCommand
{
    private static readonly Argument Action = new("ACTION", "what to do") { Choices = ["retry"] };

    public static readonly Command Command = new("hw", "retry: forget how the trial of hardware went, and begin it anew", Execute)
    {
        Arguments = [Action],
        Options = [CommonOptions.ConfigDirectory, CommonOptions.RunDirectory],
    };

    private static int Execute(Invocation call)
    {
        CommandKernel.RequireNetAdmin();
        var paths = call.Paths();
        call.Output.WriteLine(new TrialFile(paths.Trial).Remove() ? "the trial of hardware is forgotten" : "no trial of hardware is recorded");
        var state = new StateFile(paths.RunDirectory);
        return state.ReadIfRunning() is { } daemon ? ApplyCommand.Reload(call, state, daemon) : ExitStatus.Fine;
    }
}
