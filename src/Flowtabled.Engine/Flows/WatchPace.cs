namespace Flowtabled.Engine.Flows;

/// <summary>
/// When connections are listed: about every second while somebody watches, else every ten; sooner when somebody asks, and never so often that it takes more
/// than a set share of a processor. Times are milliseconds.
/// </summary>
public sealed class WatchPace
{
    /// <summary>Between two rounds while nobody watches.</summary>
    public const int Idle = 10_000;

    /// <summary>Between two rounds while somebody watches: what changes is seen within a second, the round's own time included.</summary>
    public const int Watched = 900;

    /// <summary>Between two rounds that are asked for.</summary>
    public const int Asked = 100;

    /// <summary>For how long after a question somebody is taken to watch.</summary>
    public const int Attention = 10_000;

    /// <summary>A round takes at most one part in so many of a processor, while nobody watches.</summary>
    public const int IdleShare = 400;

    /// <summary>The same while somebody watches.</summary>
    public const int WatchedShare = 20;

    private long? _last;
    private long? _askedAt;
    private bool _isWaiting;
    private double _cost;

    /// <summary>Whether somebody watches until further notice.</summary>
    public bool IsWatched { get; set; }

    /// <summary>What a round takes of a processor, lately.</summary>
    public double Cost => _cost;

    /// <summary>Somebody asks at <paramref name="now"/>, and waits for the next round.</summary>
    public void Ask(long now) => (_askedAt, _isWaiting) = (now, true);

    /// <summary>A round began at <paramref name="now"/> and took <paramref name="cost"/> of a processor.</summary>
    public void Took(long now, double cost)
    {
        _cost = _last is null ? cost : _cost + ((cost - _cost) / 4);
        (_last, _isWaiting) = (now, false);
    }

    /// <summary>How long it is until the next round; 0 when it is time.</summary>
    public long DueIn(long now)
    {
        if (_last is not { } last)
            return 0;
        var isWatched = IsWatched || now - _askedAt < Attention;
        var interval = _isWaiting ? Asked : isWatched ? Watched : Idle;
        var share = _isWaiting || isWatched ? WatchedShare : IdleShare;
        return Math.Max(0, last + (long)Math.Max(interval, _cost * share) - now);
    }
}
