using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Config;
using Flowtabled.Metrics;
using Flowtabled.Status;

namespace Flowtabled.Cli;

internal static class MetricsCommand
{
    private const string Standard = "-";

    private static readonly ValueOption Output =
        new("--output", "FILE", Standard, "replace this file at once, in the text format that node exporters take from files");

    public static readonly Command Command = new("metrics", "print the status as OpenMetrics, for Prometheus", Execute)
    {
        Options = [Output, CommonOptions.ConfigDirectory, CommonOptions.RunDirectory],
    };

    private static int Execute(Invocation call)
    {
        var path = call.Get(Output);
        if (path == Standard)
            call.Output.Write(StatusMetrics.Write(StatusReader.Read(call.Paths()), isOpenMetrics: true));
        else
            Replace(Path.GetFullPath(path), StatusMetrics.Write(StatusReader.Read(call.Paths()), isOpenMetrics: false));
        return ExitStatus.Fine;
    }

    /// <summary>Makes the file have this text; whoever reads it meanwhile finds the old one or the new one.</summary>
    /// <exception cref="CommandException">It cannot be written; the old one is there still.</exception>
    internal static void Replace(string path, string text)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        var directory = Path.GetDirectoryName(path);
        if (directory is null || !Directory.Exists(directory))
            throw new CommandException($"cannot write {path}: there is no directory {directory}");
        try
        {
            // Two at a time, by cron say, must not write the same one.
            FileBytes.Replace(path, Encoding.UTF8.GetBytes(text), durable: true, suffix: $".{Environment.ProcessId}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system's own words: an IOException has errno there, and the path of the file beside it in its message.
            var fault = e.InnerException ?? e;
            throw new CommandException($"cannot write {path}: {(fault.HResult > 0 ? Marshal.GetPInvokeErrorMessage(fault.HResult) : fault.Message)}");
        }
    }
}
