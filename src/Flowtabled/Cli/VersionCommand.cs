namespace Flowtabled.Cli;

internal static class VersionCommand
{
    public static readonly Command Command = new("version", "print the program's version, commit and runtime", Execute)
    {
        Options = [CommonOptions.Json],
    };

    private static int Execute(Invocation call)
    {
        BuildVersion build = BuildVersion.Current;
        if (call.Has(CommonOptions.Json))
        {
            JsonOutput.Write(call.Output, json =>
            {
                json.WriteString("version", build.Number);
                json.WriteString("commit", build.Commit);
                json.WriteString("runtime", build.Runtime);
                json.WriteString("compiled", build.Compiled);
                json.WriteString("platform", build.Platform);
            });
        }
        else
        {
            call.Output.WriteLine($"flowtabled {build.Number}");
            call.Output.WriteLine($"commit {build.Commit}");
            call.Output.WriteLine($"runtime {build.Runtime}, {build.Compiled}, {build.Platform}");
        }
        return ExitStatus.Fine;
    }
}
