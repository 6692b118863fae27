using Flowtabled.Engine.Flows;

namespace Flowtabled.Daemon.Watch;

/// <summary>How many connections take which path, of those that both ends have spoken on.</summary>
internal sealed class FlowCensus
{
    private readonly int[] _flows = new int[3];
    private ulong _offloaded;

    /// <summary>How many take a path.</summary>
    public int this[FlowPath path] => _flows[(int)path];

    /// <summary>One more.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="key">Its <see cref="WatchSample.Key"/>.</param>
    public void Add(FlowPath path, ulong key)
    {
        _flows[(int)path]++;
        _offloaded += key * (ulong)path;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_flows);
        _offloaded = 0;
    }

    /// <summary>Whether the same connections are in software, and the same in hardware; the keys are random enough to tell by their sum.</summary>
    public bool HasSameOffloaded(FlowCensus other) => _offloaded == other._offloaded;
}
