using System.Diagnostics;
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
        foreach (var finding in config.Findings)
            call.Error.WriteLine(finding);
        using var kernel = CommandKernel.Open(call.Has(CommonOptions.PlainTable));
        if (!Commit(call, kernel, config))
            return ExitStatus.Fine;

        var emptying = Stopwatch.StartNew();
        string? said = null;
        do
        {
            if (emptying.Elapsed.TotalSeconds > config.Flowtabled.DrainTimeout)
            {
                throw new CommandException(
                    $"flows have not left the hardware within {config.Flowtabled.DrainTimeout} s{(said is null ? "" : $": {said}")}; "
                    + "no further one goes in, and 'flowtabled apply' does the rest when they have");
            }

            var exodus = kernel.EmptyHardware();
            Tell(call, MoveText.OutOfHardware, exodus);
            if (exodus.Staying > 0 && exodus.StayingText != said)
                call.Error.WriteLine($"staying in hardware until they end: {exodus.StayingText}");
            said = exodus.Staying > 0 ? exodus.StayingText : null;
            Thread.Sleep(Reconciler.EmptyingInterval);
        }
        while (Commit(call, kernel, config));
        return ExitStatus.Fine;
    }

    // Whether more is to be done when the flows that are in hardware have left it.
    private static bool Commit(Invocation call, KernelSession kernel, ConfigSnapshot config)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Commit(call, kernel, kernel.Assess(config));
            }
            catch (NetlinkException e) when (attempt < Attempts && KernelSession.IsOutrun(e))
            {
                // Once more, with what is there now.
            }
        }
    }

    private static bool Commit(Invocation call, KernelSession kernel, Assessment assessment)
    {
        var plan = assessment.Plan;
        if (plan.Findings.FirstOrDefault(static finding => finding.Severity == FindingSeverity.Error) is { } obstacle)
            throw new CommandException(Explain(obstacle, assessment.Observed.Table));
        foreach (var finding in plan.Findings)
            call.Error.WriteLine($"{finding.Place}: {finding.Message}");

        // Our ownership would end with the command: an orphan that is right is left as it is.
        if (plan.Steps.All(static step => step is AdoptTable))
        {
            if (!plan.EmptiesHardware)
                call.Output.WriteLine("nothing to change");
            return plan.EmptiesHardware;
        }

        kernel.Commit(assessment);
        call.Output.WriteLine("applied, in one batch:");
        foreach (var step in plan.Steps)
            call.Output.WriteLine($"  {StepText.Of(step)}");
        if (plan.ExcludesTraffic)
            Tell(call, MoveText.Excluded, kernel.MoveOutExcluded(assessment));
        if (assessment.LeavesStrays)
            Tell(call, MoveText.TakenOver, KernelSession.MoveOutStrays(null));
        if (plan.WidensHardware)
            Tell(call, MoveText.IntoHardware, kernel.MoveIn(assessment));
        return plan.EmptiesHardware;
    }

    private static void Tell(Invocation call, string move, Exodus exodus)
    {
        if (MoveText.Of(move, exodus) is { } text)
            call.Error.WriteLine(text);
    }

    private static string Explain(Finding obstacle, ObservedTable? table) => table?.Owner is { } owner
        ? $"table inet {table.Name} is owned by {PortName.Of(owner.PortId)}: the kernel lets no one else change it; end that program first"
        : obstacle.Message;
}
