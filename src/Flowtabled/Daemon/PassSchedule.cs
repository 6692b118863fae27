namespace Flowtabled.Daemon;

/// <summary>
/// When the next pass runs, whatever it is for: events, another try after a refusal, ports that could not be bound, flows that are leaving the hardware,
/// or everything read again because some event may have failed to tell. Times are milliseconds of one monotonic clock.
/// </summary>
/// <param name="now">When it begins: everything is known.</param>
internal sealed class PassSchedule(long now)
{
    /// <summary>How often everything is read again.</summary>
    public const int ResyncInterval = 10 * 60 * 1_000;

    /// <summary>How long flows that are leaving the hardware are looked after closely: what is there still may stay for hours.</summary>
    public const int ClosestLook = 10_000;

    private readonly PassTimer _events = new();
    private readonly Backoff _retries = new();
    private long _resyncAt = now + ResyncInterval;
    private long? _emptyingSince;
    private long? _emptyingAt;

    /// <summary>Something changed.</summary>
    public void Mark(long now) => _events.Mark(now);

    /// <summary>A pass begins: it covers every event so far.</summary>
    public void Begin(long now) => _events.Begin(now);

    /// <summary>A pass ended so.</summary>
    public void End(PassResult result, long now)
    {
        _emptyingSince = result == PassResult.Emptying ? _emptyingSince ?? now : null;
        _emptyingAt = now - _emptyingSince < ClosestLook ? now + Reconciler.EmptyingInterval : null;
        if (result == PassResult.Settled || _emptyingAt is not null)
            _retries.Reset();
        else
            _retries.Refused(now);
    }

    /// <summary>Whether everything is to be read again now; the next time is an interval later.</summary>
    public bool TakeResync(long now)
    {
        if (now < _resyncAt)
            return false;
        _resyncAt = now + ResyncInterval;
        return true;
    }

    /// <summary>Milliseconds until there is something to do, 0 when it is due.</summary>
    public int DueIn(long now) => (int)Math.Min(PassDueIn(now) ?? ResyncInterval, Math.Max(0, _resyncAt - now));

    /// <summary>The same for a pass alone; null when nothing asks for one.</summary>
    public long? PassDueIn(long now)
    {
        long? due = _events.DueIn(now);
        if (_retries.DueIn(now) is { } retry)
            due = Math.Min(due ?? retry, retry);
        if (_emptyingAt is { } look)
            due = Math.Min(due ?? long.MaxValue, Math.Max(0, look - now));
        return due;
    }
}
