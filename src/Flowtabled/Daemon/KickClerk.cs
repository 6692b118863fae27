using Flowtabled.Cli;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon;

/// <summary>Carries out the kicks that commands leave orders for.</summary>
internal sealed class KickClerk : IDisposable
{
    private readonly KernelSession _kernel;
    private readonly ILogger _logger;
    private readonly KickLetters _letters;
    private readonly FileWatcher _watcher;

    /// <exception cref="NetlinkException">The kernel has no inotify, or no instance is left.</exception>
    public KickClerk(KernelSession kernel, string runDirectory, ILogger logger)
    {
        (_kernel, _logger) = (kernel, logger);
        _letters = new KickLetters(runDirectory);
        _watcher = new FileWatcher([_letters.OrderPath, Path.GetDirectoryName(_letters.OrderPath)!]); // So that a new directory is noticed.
    }

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _watcher.Descriptor;

    /// <summary>Begins: the directory is there. An order for an earlier daemon is none for this one.</summary>
    public void Begin()
    {
        _watcher.WatchDirectories();
        Answer(isLate: true);
    }

    /// <summary>Carries out what was ordered since, without waiting.</summary>
    public void Serve()
    {
        if (!_watcher.Read())
            return;
        _watcher.WatchDirectories();
        Answer(isLate: false);
    }

    public void Dispose() => _watcher.Dispose();

    private void Answer(bool isLate)
    {
        try
        {
            if (_letters.Take() is not var (number, order) || isLate)
                return;
            var (result, error) = Execute(order);
            _letters.Answer(number, result, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.KickNotAnswered(e.Message);
        }
    }

    private (KickResult? Result, string? Error) Execute(KickOrder order)
    {
        if (order.Problem is { } problem)
            return (null, problem);
        try
        {
            using var conntrack = ConntrackClient.Open();
            return (order.Execute(conntrack, _kernel), null);
        }
        catch (Exception e) when (e is NetlinkException or CommandException)
        {
            return (null, e.Message);
        }
    }
}
