using Flowtabled.Status;

namespace Flowtabled.Cli;

internal static class StatusCommand
{
    public static readonly Command Command = new("status", "show the daemon, the table, each device and the flows, as they are", Execute)
    {
        Options = [CommonOptions.Json, CommonOptions.ConfigDirectory, CommonOptions.RunDirectory],
    };

    private static int Execute(Invocation call)
    {
        var report = StatusReader.Read(call.Paths());
        if (call.Has(CommonOptions.Json))
            JsonOutput.Write(call.Output, json => StatusJson.Write(json, report));
        else
            StatusText.Write(call.Output, report);
        return report.HasTrouble ? ExitStatus.Findings : ExitStatus.Fine;
    }
}
