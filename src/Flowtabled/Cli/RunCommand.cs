using System.Globalization;
using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Logging;
using Microsoft.Extensions.DependencyInjection;

namespace Flowtabled.Cli;

internal static class RunCommand
{
    private static readonly Flag Keep = new("--keep", "leave the table in the kernel when the daemon ends");

    private static readonly ValueOption Window =
        new("--window", "SECONDS", "10", "for how long traffic must show a fault of the hardware before it is believed");

    public static readonly Command Command = new("run", "keep the kernel's flowtables right until told to end", Execute)
    {
        Options = [CommonOptions.ConfigDirectory, CommonOptions.RunDirectory, Keep, CommonOptions.PlainTable, Window],
    };

    private static int Execute(Invocation call)
    {
        var options = new RunOptions(call.Paths(), call.Has(Keep), call.Has(CommonOptions.PlainTable), Seconds(call) * 1000);
        CommandKernel.RequireNetAdmin();
        if (new StateFile(options.Paths.RunDirectory).ReadIfRunning() is { } other && other.Pid != Environment.ProcessId)
            throw new CommandException($"already running as process {other.Pid}");
        using var log = new LogdLoggerProvider(call.Output, call.Error);
        var builder = DaemonHost.CreateBuilder(log);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ThreadMail>();
        builder.Services.AddHostedService<ControlThread>();
        builder.Services.AddHostedService<FlowsThread>();
        using var host = builder.Build();
        return DaemonHost.Run(host);
    }

    private static int Seconds(Invocation call) =>
        int.TryParse(call.Get(Window), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600
            ? seconds
            : throw new CommandException($"{Window.Name} takes a number of seconds from 1 to 3600, not '{call.Get(Window)}'", ExitStatus.Usage);

    /// <summary>Where this call looks for its files.</summary>
    internal static ConfigPaths Paths(this Invocation call) =>
        new(Path.GetFullPath(call.Get(CommonOptions.ConfigDirectory)), Path.GetFullPath(call.Get(CommonOptions.RunDirectory)));
}
