using System.Text;
using Flowtabled.Daemon;
using Flowtabled.Engine.Export;

namespace Flowtabled.Cli;

internal static class PlanCommand
{
    private static readonly Flag Nft = new("--nft", "print a script for nft -f");

    public static readonly Command Command = new("plan", "show what run would send now, and why", Execute)
    {
        Options = [CommonOptions.Json, Nft, CommonOptions.ConfigDirectory, CommonOptions.RunDirectory, CommonOptions.PlainTable],
    };

    private static int Execute(Invocation call)
    {
        if (call.Has(CommonOptions.Json) && call.Has(Nft))
            throw new CommandException($"{CommonOptions.Json.Name} and {Nft.Name} are two forms of the same: choose one", ExitStatus.Usage);

        var paths = call.Paths();
        var config = CommandKernel.ReadConfig(paths);
        var daemon = new StateFile(paths.RunDirectory).ReadIfRunning();
        using var kernel = CommandKernel.Open(daemon?.PlainTable ?? call.Has(CommonOptions.PlainTable));
        kernel.Distrust = daemon?.Distrust;
        var assessment = kernel.Assess(config, daemon?.Port ?? kernel.Port);
        var (decision, plan) = (assessment.Decision, assessment.Plan);
        foreach (var finding in config.Findings)
            call.Error.WriteLine(finding);

        if (call.Has(CommonOptions.Json))
        {
            call.Output.Write(PlanJson.Of(decision, plan));
        }
        else if (call.Has(Nft))
        {
            var (script, unspeakable) = NftScript.Of(plan);
            call.Write(Encoding.Latin1.GetBytes(script));
            foreach (var finding in plan.Findings.Concat(unspeakable))
                call.Error.WriteLine($"{finding.Place}: {finding.Message}");
        }
        else
        {
            call.Output.Write(PlanText.Of(decision, plan));
        }

        return ExitStatus.Fine;
    }
}
