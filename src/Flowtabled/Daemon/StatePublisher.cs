using Flowtabled.Config;
using Flowtabled.Daemon.Watch;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon;

/// <summary>Keeps the state file up to date.</summary>
internal sealed class StatePublisher(RunOptions options, uint port, ILogger logger)
{
    private readonly StateFile _file = new(options.Paths.RunDirectory);
    private readonly long _startedAt = Environment.TickCount64 / 1000;
    private WatchSummary? _watch;
    private bool _isThere;
    private bool _failed;

    /// <summary>Writes what there is to say: something new, or nobody calls.</summary>
    /// <param name="reconciler">Knows most of it.</param>
    /// <param name="resyncs">How often events were lost.</param>
    /// <param name="watch">What the watch of connections has come to; null for what it had come to before.</param>
    public void Publish(Reconciler reconciler, long resyncs, WatchSummary? watch = null)
    {
        _watch = watch ?? _watch;
        var state = new DaemonState
        {
            Program = BuildVersion.Current.Number,
            Pid = Environment.ProcessId,
            Port = port,
            PlainTable = options.PlainTable,
            StartedAt = _startedAt,
            Passes = reconciler.Passes,
            Batches = reconciler.Batches,
            Refusals = reconciler.Refusals,
            Resyncs = resyncs,
            ConfigReads = reconciler.ConfigReads,
            Problems = [.. reconciler.Problems.Select(static problem => problem.ToString())],
            Refusal = reconciler.Refusal,
            Distrust = reconciler.Distrust,
            Exclusions = reconciler.Exclusions,
            Health = reconciler.Health with { Distrust = null },
            Watch = _watch,
        };
        try
        {
            _file.Write(state);
            _isThere = true;
            _failed = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_failed)
                logger.StateNotWritten($"cannot write {_file.FilePath}: {FileBytes.Why(e)}");
            _failed = true;
        }
    }

    public void Remove()
    {
        if (_isThere)
            _file.Remove();
    }
}
