using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon;

/// <summary>
/// A hosted service that is one thread of its own, for a loop that waits in the kernel. It starts with the host. A fault in it ends
/// the host, and <see cref="DaemonHost.Run"/> then returns a failure.
/// </summary>
/// <param name="name">The thread's name, as <c>top -H</c> and the log show it; at most 15 bytes (TASK_COMM_LEN, linux/sched.h).</param>
/// <param name="stackSize">The thread's stack in bytes.</param>
/// <param name="lifetime">The host's, to end it after a fault.</param>
/// <param name="logger">Gets the fault.</param>
internal abstract class DedicatedThread(string name, int stackSize, IHostApplicationLifetime lifetime, ILogger logger)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What ended the thread, or null.</summary>
    public Exception? Fault { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Taken here: when another service fails to start, the host may be gone before the thread runs.
        var stopping = _stopping.Token;
        new Thread(() => Main(stopping), stackSize) { Name = name, IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    /// <summary>Asks the thread to end and waits for it, as long as the host's ShutdownTimeout.</summary>
    /// <exception cref="TimeoutException">The thread did not end in that time.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        try
        {
            await _ended.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{name} did not end in time");
        }
    }

    public virtual void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The thread's work; returns soon after <paramref name="stopping"/> is cancelled.</summary>
    protected abstract void Run(CancellationToken stopping);

    private void Main(CancellationToken stopping)
    {
        try
        {
            Run(stopping);
        }
        catch (Exception e)
        {
            Fault = e;
            logger.Fault(name, e);
            lifetime.StopApplication();
        }
        _ended.SetResult();
    }
}
