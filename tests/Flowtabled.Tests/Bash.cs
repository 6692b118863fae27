using System.Diagnostics;

namespace Flowtabled.Tests;

/// <summary>Runs a bash script to its end.</summary>
internal static class Bash
{
    /// <param name="script">The script; <c>$flowtabled</c> runs this build of the program.</param>
    /// <param name="args"><c>$1</c> and so on.</param>
    public static async Task<(int Status, string Output, string Error)> RunAsync(string script, params string[] args)
    {
        ProcessStartInfo start = new("bash", ["-euo", "pipefail", "-c", script, "bash", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["flowtabled"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "flowtabled.dll")}";
        using Process bash = Process.Start(start)!;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string[] streams = await Task.WhenAll(
            bash.StandardOutput.ReadToEndAsync(cancellation), bash.StandardError.ReadToEndAsync(cancellation));
        await bash.WaitForExitAsync(cancellation);
        return (bash.ExitCode, streams[0], streams[1]);
    }
}
