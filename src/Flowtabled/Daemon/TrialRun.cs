using Flowtabled.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Native;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon;

/// <summary>Keeps the record of the trial while hardware is used. Times are milliseconds of one monotonic clock.</summary>
internal sealed class TrialRun(TrialFile file, ILogger logger)
{
    private long? _wellSince;
    private long _length;

    /// <summary>The trial as it is recorded; null when nothing is.</summary>
    public HardwareTrial? Recorded { get; private set; }

    /// <summary>The record was read again.</summary>
    public void Adopt(HardwareTrial? recorded) => Recorded = recorded;

    /// <summary>Records the trial before hardware is used; nothing is written when it says nothing new. Why it cannot be recorded, or null.</summary>
    public string? Record(HardwareTrial trial)
    {
        if (ReferenceEquals(trial, Recorded))
            return null;
        _wellSince = null;
        if (Write(trial) is { } problem)
            return problem;
        if (trial.State == TrialState.Running)
        {
            var ports = string.Join(", ", trial.Subject.Ports);
            logger.TrialBegins(ports);
        }

        return null;
    }

    /// <summary>Hardware is used. After <paramref name="seconds"/> without <see cref="Unwell"/> it has passed.</summary>
    public void Stand(int seconds, long now)
    {
        if (Recorded is not { State: TrialState.Running } trial)
        {
            _wellSince = null; // Somebody else may have put that record there meanwhile.
            return;
        }

        _wellSince ??= now;
        _length = seconds * 1000L;
        if (DueIn(now) > 0)
            return;
        _wellSince = null;
        if (Write(trial.Pass()) is { } problem)
            logger.TrialNotRecorded(problem);
        else
            logger.TrialPassed(seconds);
    }

    /// <summary>Something is wrong with hardware, or what should be cannot be done: its time begins anew.</summary>
    public void Unwell() => _wellSince = null;

    /// <summary>Milliseconds until it has passed, if all goes well; null when it has, or is not on trial.</summary>
    public int? DueIn(long now) => _wellSince is { } since ? (int)Math.Max(0, since + _length - now) : null;

    /// <summary>Hardware is used no longer, or the daemon ends in order: nobody is to think that the machine went down.</summary>
    public void End()
    {
        _wellSince = null;
        if (Recorded is not { } trial || !trial.IsRunningIn(BootId.Current))
            return;
        try
        {
            file.Remove();
            Recorded = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.TrialNotRecorded($"{file.FilePath}: {FileBytes.Why(e)}");
        }
    }

    private string? Write(HardwareTrial trial)
    {
        try
        {
            file.Write(trial);
            Recorded = trial;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file.FilePath}: {FileBytes.Why(e)}";
        }
    }
}
