using System.Diagnostics;
using System.Text;

namespace Flowtabled.KernelTests;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60) * Lab.Guest.Slowness;

    /// <summary>What it printed, one char a byte (Latin-1): device names are bytes. A failure throws, with what it said.</summary>
    public static string Run(params string[] command)
    {
        var (status, output, error) = Try(command);
        return status == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', command)}: exit status {status}\n{error}{output}");
    }

    /// <summary>Its exit status and what it printed, likewise.</summary>
    public static (int Status, string Output, string Error) Try(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)}: no end after {Limit.TotalSeconds} s");
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
