using Flowtabled.Cli;
using Flowtabled.Daemon;
using Flowtabled.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Tests.Daemon;

public sealed class DaemonHostTests
{
    [Fact]
    public void A_fault_in_a_thread_ends_the_host_with_failure_and_one_log_line()
    {
        (int status, string output, string error) = Run(static (_, _) => throw new InvalidOperationException("the table\nis gone"));

        Assert.Equal(ExitStatus.Failed, status);
        Assert.Equal("", output);
        Assert.Matches(@"\Aworker failed, flowtabled ends: InvalidOperationException: the table \| is gone \| at .*\n\z", error);
    }

    [Fact]
    public void An_orderly_stop_is_fine_and_silent()
    {
        string? name = null;
        (int status, string output, string error) = Run((lifetime, stopping) =>
        {
            name = Thread.CurrentThread.Name;
            lifetime.StopApplication();
            stopping.WaitHandle.WaitOne();
        });

        Assert.Equal((ExitStatus.Fine, "", ""), (status, output, error));
        Assert.Equal("worker", name);
    }

    [Fact]
    public void A_thread_that_does_not_stop_is_a_failure()
    {
        // Not one that is disposed of with the test: the thread may come to it only then.
        TaskCompletionSource release = new();
        (int status, _, string error) = Run(
            (lifetime, _) =>
            {
                lifetime.StopApplication();
                ((IAsyncResult)release.Task).AsyncWaitHandle.WaitOne();
            },
            patience: TimeSpan.FromMilliseconds(200));
        release.SetResult();

        Assert.Equal(ExitStatus.Failed, status);
        Assert.StartsWith("the host failed, flowtabled ends: TimeoutException: worker did not end in time", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count('\n'));
    }

    [Fact]
    public void A_service_that_cannot_start_is_a_failure()
    {
        (int status, _, string error) = Run(
            static (_, _) => { }, static services => services.AddHostedService<BrokenService>());

        Assert.Equal(ExitStatus.Failed, status);
        Assert.StartsWith("the host failed, flowtabled ends: NotSupportedException: no kernel", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count('\n'));
    }

    /// <summary>Without a patience of its own the host waits longer for its threads than any machine makes it wait.</summary>
    private static (int Status, string Output, string Error) Run(
        Action<IHostApplicationLifetime, CancellationToken> work, Action<IServiceCollection>? addServices = null, TimeSpan? patience = null)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using LogdLoggerProvider log = new(output, error);
        HostApplicationBuilder builder = DaemonHost.CreateBuilder(log);
        if (patience is { } limit)
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = limit);
        builder.Services.AddSingleton(work);
        builder.Services.AddHostedService<Worker>();
        addServices?.Invoke(builder.Services);
        int status = DaemonHost.Run(builder.Build());
        return (status, output.ToString(), error.ToString());
    }

    private sealed class Worker(
        Action<IHostApplicationLifetime, CancellationToken> work, IHostApplicationLifetime lifetime, ILogger<Worker> logger)
        : DedicatedThread("worker", 1024 * 1024, lifetime, logger) // Here what it calls is compiled on it, which takes more than the daemon's threads need.
    {
        private readonly IHostApplicationLifetime _lifetime = lifetime;

        protected override void Run(CancellationToken stopping) => work(_lifetime, stopping);
    }

    private sealed class BrokenService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException("no kernel");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
