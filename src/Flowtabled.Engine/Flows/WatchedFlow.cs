using System.Runtime.InteropServices;

namespace Flowtabled.Engine.Flows;

/// <summary>A connection over time. Times are milliseconds.</summary>
[StructLayout(LayoutKind.Auto)]
public struct WatchedFlow
{
    /// <summary>Of an end that was not looked for yet.</summary>
    public const int Unplaced = 0;

    /// <summary>Over how long a rate is smoothed.</summary>
    private const double Smoothing = 5_000;

    private FlowTraffic _counted;
    private FlowTraffic _earlier;
    private FlowTraffic _lastCounted;
    private ulong _seenBytes;
    private uint _id;
    private uint _lastId;
    private bool _isClosing;
    private bool _isEnded;

    /// <summary><see cref="WatchSample.Key"/>.</summary>
    public ulong Key { get; private set; }

    /// <summary>Which way its packets take.</summary>
    public FlowPath Path { get; private set; }

    /// <summary>Since when, as far as it was watched.</summary>
    public long Since { get; private set; }

    /// <summary>When it was last seen.</summary>
    public long SeenAt { get; private set; }

    /// <summary>When it was last seen to have moved; <see langword="null"/> when it was not seen to.</summary>
    public long? MovedAt { get; private set; }

    /// <summary>How often it fell out of hardware or software.</summary>
    public int Falls { get; private set; }

    /// <summary>Whether its traffic is counted.</summary>
    public bool IsMeasured { get; private set; }

    /// <summary>Bytes a second in both directions, lately; <see langword="null"/> when not counted, or seen once only.</summary>
    public double? Rate { get; private set; }

    /// <summary>What entries counted that it had before the present one: when a connection is moved out of a flowtable, its entry is made anew.</summary>
    public readonly FlowTraffic Earlier => _earlier;

    /// <summary>The place of the one that began it: the caller's number for it, or <see cref="Unplaced"/>.</summary>
    public int Client { readonly get; set; }

    /// <summary>The place of the other end, likewise.</summary>
    public int Server { readonly get; set; }

    internal int Round { get; set; }

    // The next one of the same bucket, or the next free slot.
    internal int Next { get; set; }

    internal readonly ulong Bytes => _counted.Bytes + _earlier.Bytes;

    internal void Begin(in WatchSample sample, long now)
    {
        this = new WatchedFlow { Key = sample.Key, Path = sample.Path, Since = now, Next = Next };
        Take(in sample, now);
        _seenBytes = Bytes;
    }

    /// <summary>Sees it again.</summary>
    /// <param name="sample">How it is.</param>
    /// <param name="now">The time.</param>
    /// <param name="patience">For how long a flowtable surely keeps a flow without a packet.</param>
    /// <returns>Where it fell out of: it went on, yet its flowtable lost it; <see langword="null"/> when it did not.</returns>
    internal FlowPath? Observe(in WatchSample sample, long now, long patience)
    {
        var gap = Math.Max(1, now - SeenAt);
        var wasMeasured = IsMeasured;
        // What has not moved may have been let go for that.
        var fell = sample.Path < Path && sample.Id == _id && !sample.IsClosing && now - MovedAt < patience - gap;
        FlowPath? fellOutOf = fell ? Path : null;
        if (fell)
            Falls++;
        if (sample.Id != _id || !Continues(sample.Traffic))
            BeginEntry();
        if (sample.Path != Path)
            (Path, Since) = (sample.Path, now);
        Take(in sample, now);
        Measure(gap, wasMeasured, now);
        return fellOutOf;
    }

    /// <summary>An entry of it has ended, with these last counts. The next one may have been seen before that was heard.</summary>
    internal void End(uint id, FlowTraffic? last)
    {
        if (id == _id && !_isEnded)
        {
            if (last is { } traffic && Continues(last))
                _counted = traffic;
            _isEnded = true;
        }
        else if (id == _lastId && last is { } late && late.Packets >= _lastCounted.Packets)
        {
            _earlier += late - _lastCounted;
            _lastCounted = late;
        }
    }

    private void Take(in WatchSample sample, long now)
    {
        (_id, _isClosing, _isEnded, SeenAt) = (sample.Id, sample.IsClosing, false, now);
        IsMeasured = sample.Traffic is not null;
        _counted = sample.Traffic ?? default;
    }

    // One that had closed is another connection between the same ends: that one's bytes are not its own.
    private void BeginEntry()
    {
        if (_isClosing || !IsMeasured)
            (_earlier, _lastCounted, _lastId, _seenBytes) = (default, default, 0, 0);
        else
            (_earlier, _lastCounted, _lastId) = (_earlier + _counted, _counted, _id);
        _counted = default;
    }

    // Somebody may set counters back (IPCTNL_MSG_CT_GET_CTRZERO).
    private readonly bool Continues(FlowTraffic? traffic) => traffic is not { } now || now.Packets >= _counted.Packets;

    private void Measure(long gap, bool wasMeasured, long now)
    {
        var bytes = Bytes;
        if (!IsMeasured || !wasMeasured)
        {
            Rate = null;
        }
        else
        {
            var moved = bytes > _seenBytes ? bytes - _seenBytes : 0;
            var rate = moved * 1000.0 / gap;
            Rate = Rate is { } before ? before + ((rate - before) * gap / (gap + Smoothing)) : rate;
            if (moved > 0)
                MovedAt = now;
        }

        _seenBytes = bytes;
    }
}
