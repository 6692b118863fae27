using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>A command of flowtabled, run to its end in the router's namespace.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ProgramCall(int Status, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <param name="topology">Its router.</param>
    /// <param name="command">The command and its options, separated by blanks; where the files are is added.</param>
    /// <param name="wrapper">A program that runs it, with its options.</param>
    public static ProgramCall Run(Topology topology, string command, params string[] wrapper)
    {
        var (status, output, error) = Command.Try(
        [
            "ip", "netns", "exec", "router", .. wrapper, PublishedBinary.Path, .. command.Split(' '),
            "--config-dir", topology.ConfigDirectory, "--run-dir", topology.RunDirectory,
        ]);
        return new ProgramCall(status, output, error);
    }
}
