using Flowtabled.Cli;
using Flowtabled.Engine.Config;
using Flowtabled.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon;

/// <summary>The generic host, as small as it gets: no configuration providers, no console logger, our log and our exit status.</summary>
internal static class DaemonHost
{
    /// <summary>Longer than any way out: a service manager that kills must have more patience still.</summary>
    internal static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(FlowtabledConfig.LongestDrain + 10);

    /// <summary>A builder that logs to <paramref name="log"/>; the caller adds the services.</summary>
    public static HostApplicationBuilder CreateBuilder(LogdLoggerProvider log)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "flowtabled" });
        // The host's own entries say again what ours say.
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None).AddProvider(log);
        builder.Services.AddSingleton(log);
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = LongestEnd);
        builder.Services.Configure<ConsoleLifetimeOptions>(static options => options.SuppressStatusMessages = true);
        return builder;
    }

    /// <summary>Runs the host until SIGTERM, SIGINT or a fault. A fault has one line in the log.</summary>
    /// <returns>An <see cref="ExitStatus"/>: the host itself would end with 0 after a fault too.</returns>
    public static int Run(IHost host)
    {
        List<IHostedService> services = [.. host.Services.GetServices<IHostedService>()];
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(DaemonHost));
        try
        {
            host.Run();
        }
        catch (Exception e)
        {
            logger.Fault("the host", e);
            return ExitStatus.Failed;
        }
        return services.Any(static service => service is DedicatedThread { Fault: not null }) ? ExitStatus.Failed : ExitStatus.Fine;
    }
}
