namespace Flowtabled.Daemon;

/// <summary>
/// Decides when the next pass runs: soon after the first event, so that a single change takes effect at once, and after a burst only when it has
/// calmed down or has lasted too long, so that a hundred events make two or three passes. Times are milliseconds of one monotonic clock.
/// </summary>
internal sealed class PassTimer
{
    /// <summary>Events of one change come within this time of each other; the pass waits for the last of them.</summary>
    public const int Settle = 1;

    /// <summary>After a pass, events must have been quiet this long before the next.</summary>
    public const int Quiet = 50;

    /// <summary>A burst without an end gets a pass this often.</summary>
    public const int Longest = 1_000;

    /// <summary>After this long without an event the next one is a first one again.</summary>
    public const int Calm = 200;

    private long _firstEvent;
    private long _lastEvent;
    private long _lastPass = long.MinValue / 2;
    private bool _inBurst;

    /// <summary>Whether something waits for a pass.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Something changed.</summary>
    public void Mark(long now)
    {
        if (!IsPending)
        {
            _inBurst = now - Math.Max(_lastEvent, _lastPass) < Calm;
            _firstEvent = now;
            IsPending = true;
        }

        _lastEvent = now;
    }

    /// <summary>Milliseconds until the pass is due, 0 when it is; null when nothing waits.</summary>
    public int? DueIn(long now)
    {
        if (!IsPending)
            return null;
        var due = Math.Min(_lastEvent + (_inBurst ? Quiet : Settle), _firstEvent + (_inBurst ? Longest : Quiet));
        return (int)Math.Max(0, due - now);
    }

    /// <summary>A pass begins: it covers every event so far.</summary>
    public void Begin(long now)
    {
        IsPending = false;
        _lastPass = now;
    }
}
