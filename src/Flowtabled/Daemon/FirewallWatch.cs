namespace Flowtabled.Daemon;

/// <summary>
/// Whether the firewall is stopped: what was accepted by rules that are no more is not offloaded either. Its restart takes the table away for a
/// moment too, so that alone is no stop. Times are milliseconds.
/// </summary>
/// <param name="isInstalled">Whether there is a firewall that could be started.</param>
internal sealed class FirewallWatch(bool isInstalled)
{
    /// <summary>How long its table must be away.</summary>
    public const int Patience = 2_000;

    private bool _wasThere;
    private long? _awayAt;

    /// <summary>Whether it is stopped. On a system without a firewall that is never so.</summary>
    public bool IsStopped { get; private set; } = isInstalled;

    /// <summary>Its table was there, or not.</summary>
    public void Observe(bool isThere, long now)
    {
        if (isThere)
            (_wasThere, _awayAt, IsStopped) = (true, null, false);
        else if (_wasThere)
            _awayAt ??= now + Patience;
    }

    /// <summary>Milliseconds until its absence is a stop, 0 when it is time to say so; null while nothing of the kind is to be expected.</summary>
    public long? DueIn(long now) => IsStopped || _awayAt is not { } at ? null : Math.Max(0, at - now);

    /// <summary>Says so when it is time.</summary>
    public void Expire(long now) => IsStopped |= DueIn(now) == 0;
}
