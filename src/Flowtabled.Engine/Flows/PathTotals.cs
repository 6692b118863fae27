namespace Flowtabled.Engine.Flows;

/// <summary>What connections carried, by path.</summary>
public sealed class PathTotals
{
    private readonly PathTotal[] _totals = new PathTotal[3];

    /// <summary>Those of one path.</summary>
    public ref PathTotal this[FlowPath path] => ref _totals[(int)path];

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_totals);

    /// <summary>How much of all flows takes a path, 0 to 1; <see langword="null"/> when there are none.</summary>
    public double? ShareOfFlows(FlowPath path)
    {
        var all = 0L;
        foreach (var total in _totals)
            all += total.Flows;
        return all == 0 ? null : (double)this[path].Flows / all;
    }

    /// <summary>How much of all bytes took a path, 0 to 1; <see langword="null"/> when there are none, or some connection is not counted.</summary>
    public double? ShareOfBytes(FlowPath path)
    {
        var all = 0.0;
        foreach (var total in _totals)
        {
            if (total.Unmeasured > 0)
                return null;
            all += total.Bytes;
        }

        return all == 0 ? null : this[path].Bytes / all;
    }
}
