using System.Diagnostics;
using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Flows;
using Microsoft.Win32.SafeHandles;

namespace Flowtabled.Cli;

/// <summary>Has the daemon that runs carry out a kick, and waits until it has.</summary>
/// <param name="file">Where it says that it runs.</param>
/// <param name="runDirectory">Where programs keep state until the next boot.</param>
internal sealed class HoldRequest(StateFile file, string runDirectory)
{
    private const int PollInterval = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly KickLetters _letters = new(runDirectory);
    private readonly Stopwatch _waited = Stopwatch.StartNew();

    /// <summary>Leaves the order and takes the answer.</summary>
    /// <param name="daemon">What the daemon said last.</param>
    /// <param name="order">What it is to do.</param>
    /// <exception cref="CommandException">It could not, ended, or did not answer in time.</exception>
    public KickResult Send(DaemonState daemon, KickOrder order)
    {
        try
        {
            using var turn = AwaitTurn(daemon);
            var number = Stopwatch.GetTimestamp();
            _letters.Send(number, order);
            while (true)
            {
                if (_letters.AnswerTo(number) is var (result, error))
                    return error is null ? result : throw new CommandException(error);
                Wait(daemon);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandException($"cannot ask the daemon (pid {daemon.Pid}): {FileBytes.Why(e)}");
        }
    }

    // Another command's order and answer would be in the way of ours.
    private SafeFileHandle AwaitTurn(DaemonState daemon)
    {
        while (true)
        {
            try
            {
                return File.OpenHandle(_letters.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Wait(daemon);
            }
        }
    }

    private void Wait(DaemonState daemon)
    {
        if (file.ReadIfRunning() is not { } state || state.Pid != daemon.Pid)
            throw new CommandException($"the daemon (pid {daemon.Pid}) ended; its log says why");
        if (_waited.Elapsed > Patience)
            throw new CommandException($"the daemon (pid {daemon.Pid}) has not answered within {Patience.TotalSeconds} s; see its log");
        Thread.Sleep(PollInterval);
    }
}
