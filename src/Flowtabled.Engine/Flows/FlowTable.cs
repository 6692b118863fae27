namespace Flowtabled.Engine.Flows;

/// <summary>
/// The connections in flowtables, from round to round: <see cref="BeginRound"/>, each connection by <see cref="Observe"/>, <see cref="EndRound"/>. Of
/// more than it remembers it counts the others.
/// </summary>
/// <param name="capacity">How many it remembers.</param>
public sealed class FlowTable(int capacity)
{
    /// <summary>A dump is no snapshot: a connection may be missed in one, but hardly in two.</summary>
    private const int RoundsToForget = 2;

    private readonly Dictionary<ulong, Flow> _flows = [];
    private int _round;
    private long _now;
    private bool _isFirst = true;

    /// <summary>Those remembered.</summary>
    public IEnumerable<Flow> Flows => _flows.Values;

    /// <summary>How many are remembered.</summary>
    public int Count => _flows.Count;

    /// <summary>How many more were seen in the last round.</summary>
    public int Others { get; private set; }

    /// <summary>The keys of those of which it was certain only after <paramref name="time"/> that they are where they are.</summary>
    /// <param name="time">The time.</param>
    /// <param name="others">Whether those of the others are meant.</param>
    public ulong[] CertainAfter(long time, bool others = false)
    {
        var flows = _flows.Values.Where(flow => flow.CertainSince > time != others);
        var keys = new ulong[flows.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = flows[i].Key;
        return keys;
    }

    /// <summary>A round begins at <paramref name="now"/>; what was observed since the last end is void.</summary>
    public void BeginRound(long now)
    {
        _now = now;
        Others = 0;
    }

    /// <summary>A connection was seen; null when it is not remembered.</summary>
    public Flow? Observe(in FlowSample sample)
    {
        if (_flows.TryGetValue(sample.Key, out var flow))
        {
            // A dump may bring one twice: the second time it would look as if it stood still.
            if (flow.Round != _round + 1)
                flow.Observe(in sample, _now);
        }
        else if (_flows.Count < capacity)
        {
            _flows[sample.Key] = flow = new Flow(in sample, _now) { IsOlder = _isFirst && !sample.IsInHardware };
        }
        else
        {
            Others++;
            return null;
        }

        flow.Round = _round + 1;
        return flow;
    }

    /// <summary>The round ends at <paramref name="now"/>: what has not been seen for some rounds has gone.</summary>
    public void EndRound(long now)
    {
        _round++;
        _isFirst = false;
        foreach (var (key, flow) in _flows)
        {
            flow.CertainSince ??= now;
            if (_round - flow.Round >= RoundsToForget)
                _flows.Remove(key);
        }
    }

    /// <summary>Other devices may be in hardware from now on: every end is looked for again, and what is in software stays there.</summary>
    public void Restart()
    {
        foreach (var flow in _flows.Values)
        {
            flow.Unplace();
            flow.IsOlder = !flow.IsInHardware;
        }

        _isFirst = true;
    }

    /// <summary>Forgets every connection.</summary>
    public void Clear()
    {
        _flows.Clear();
        _isFirst = true;
    }
}
