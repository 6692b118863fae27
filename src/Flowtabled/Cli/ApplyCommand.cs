using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Engine.Export;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Kernel;
using Flowtabled.Netlink;

namespace Flowtabled.Cli;

internal static class ApplyCommand
{
    // Devices come and go, and other programs commit, while it reads and plans; it then reads and plans again.
    private const int Attempts = 10;

    public static readonly Command Command = new("apply", "make the kernel's table right, once; a daemon that runs is told to", Execute)
    {
        Options = [CommonOptions.ConfigDirectory, CommonOptions.RunDirectory, CommonOptions.PlainTable],
    };

    private static int Execute(Invocation call)
    {
        var paths = call.Paths();
        var state = new StateFile(paths.RunDirectory);
        if (state.ReadIfRunning() is not { } daemon)
            return ApplyHere(call, paths);
        if (call.Has(CommonOptions.PlainTable))
        {
            throw new CommandException(
                $"{CommonOptions.PlainTable.Name} is for a table without the daemon, and one runs (pid {daemon.Pid})", ExitStatus.Usage);
        }

        return Reload(call, state, daemon);
    }

    /// <summary>Has the daemon do what the configuration asks for, and says what came of it.</summary>
    /// <exception cref="CommandException">Not all of it.</exception>
    internal static int Reload(Invocation call, StateFile state, DaemonState before)
    {
        var after = new ReloadRequest(state).Send(before);
        var obstacles = after.Refusal is { } refusal ? [.. after.Problems, refusal] : after.Problems;
        if (!obstacles.IsEmpty)
            throw new CommandException(string.Join("; ", obstacles));
        var batches = after.Batches - before.Batches;
        call.Output.WriteLine(
            $"the daemon (pid {after.Pid}) read its configuration again: {(batches > 0 ? "applied" : "nothing to change")}");
        return ExitStatus.Fine;
    }

    private static int ApplyHere(Invocation call, ConfigPaths paths)
    {
        var config = CommandKernel.ReadConfig(paths);
        using var kernel = CommandKernel.Open(call.Has(CommonOptions.PlainTable));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Commit(call, kernel, kernel.Assess(config, kernel.Port));
            }
            catch (NetlinkException e) when (attempt < Attempts && KernelSession.IsOutrun(e))
            {
                // Once more, with what is there now.
            }
        }
    }

    private static int Commit(Invocation call, KernelSession kernel, Assessment assessment)
    {
        var plan = assessment.Plan;
        if (plan.Findings.FirstOrDefault(static finding => finding.Severity == FindingSeverity.Error) is { } obstacle)
            throw new CommandException(Explain(obstacle, assessment.Observed.Table));
        foreach (var finding in plan.Findings)
            call.Error.WriteLine($"{finding.Place}: {finding.Message}");

        // Our ownership would end with the command: an orphan that is right is left as it is.
        if (plan.Steps.All(static step => step is AdoptTable))
        {
            call.Output.WriteLine("nothing to change");
            return ExitStatus.Fine;
        }

        kernel.Commit(assessment);
        call.Output.WriteLine("applied, in one batch:");
        foreach (var step in plan.Steps)
            call.Output.WriteLine($"  {StepText.Of(step)}");
        return ExitStatus.Fine;
    }

    private static string Explain(Finding obstacle, ObservedTable? table) => table?.Owner is { } owner
        ? $"table inet {table.Name} is owned by {PortName.Of(owner.PortId)}: the kernel lets no one else change it; end that program first"
        : obstacle.Message;
}
