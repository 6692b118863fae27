using System.Diagnostics;
using System.Runtime.InteropServices;
using Flowtabled.Daemon;
using static Tmds.Linux.LibC;

namespace Flowtabled.Cli;

/// <summary>Has the daemon that runs read its configuration again, and waits until it has.</summary>
/// <param name="file">Where it says so.</param>
internal sealed class ReloadRequest(StateFile file)
{
    private const int PollInterval = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Sends SIGHUP.</summary>
    /// <param name="before">What the daemon said last.</param>
    /// <returns>What it says after it has read the configuration and done what that takes.</returns>
    /// <exception cref="CommandException">It may not be signalled, ended, or did not answer in time.</exception>
    public DaemonState Send(DaemonState before)
    {
        if (kill(before.Pid, SIGHUP) < 0)
        {
            var reason = Marshal.GetPInvokeErrorMessage(errno);
            throw new CommandException($"cannot ask the daemon (pid {before.Pid}) to read its configuration: {reason}");
        }

        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; Thread.Sleep(PollInterval))
        {
            if (file.ReadIfRunning() is not { } state || state.Pid != before.Pid)
                throw new CommandException($"the daemon (pid {before.Pid}) ended; its log says why");
            if (state.ConfigReads > before.ConfigReads)
                return state;
        }

        throw new CommandException(
            $"the daemon (pid {before.Pid}) has not read its configuration within {Patience.TotalSeconds} s; see its log");
    }
}
