using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Logging;
using Microsoft.Extensions.DependencyInjection;

namespace Flowtabled.Cli;

internal static class RunCommand
{
    private static readonly Flag Keep = new("--keep", "leave the table in the kernel when the daemon ends");

    public static readonly Command Command = new("run", "keep the kernel's flowtables right until told to end", Execute)
    {
        Options = [CommonOptions.ConfigDirectory, CommonOptions.RunDirectory, Keep, CommonOptions.PlainTable],
    };

    private static int Execute(Invocation call)
    {
        var options = new RunOptions(call.Paths(), call.Has(Keep), call.Has(CommonOptions.PlainTable));
        CommandKernel.RequireNetAdmin();
        if (new StateFile(options.Paths.RunDirectory).ReadIfRunning() is { } other && other.Pid != Environment.ProcessId)
            throw new CommandException($"already running as process {other.Pid}");
        using var log = new LogdLoggerProvider(call.Output, call.Error);
        var builder = DaemonHost.CreateBuilder(log);
        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService<ControlThread>();
        using var host = builder.Build();
        return DaemonHost.Run(host);
    }

    /// <summary>Where this call looks for its files.</summary>
    internal static ConfigPaths Paths(this Invocation call) =>
        new(Path.GetFullPath(call.Get(CommonOptions.ConfigDirectory)), Path.GetFullPath(call.Get(CommonOptions.RunDirectory)));
}
