namespace Flowtabled.Daemon;

/// <summary>
/// When to try again what the kernel refused: after 1 s, then twice as long each time, at most a minute. Times are milliseconds. A try before it
/// is due, for another reason, changes nothing of that.
/// </summary>
internal sealed class Backoff
{
    private const int First = 1_000;
    private const int Longest = 60_000;

    private int _delay;
    private long _due;

    /// <summary>It was refused.</summary>
    public void Refused(long now)
    {
        if (_delay > 0 && now < _due)
            return;
        _delay = _delay == 0 ? First : Math.Min(_delay * 2, Longest);
        _due = now + _delay;
    }

    /// <summary>It was accepted, or is no longer wanted.</summary>
    public void Reset() => _delay = 0;

    /// <summary>Milliseconds until the next try, 0 when it is due; null when nothing was refused.</summary>
    public int? DueIn(long now) => _delay == 0 ? null : (int)Math.Max(0, _due - now);
}
