namespace Flowtabled.Engine.Flows;

/// <summary>How one direction of a connection moved from round to round. Times are milliseconds.</summary>
public struct FlowDirection
{
    private ulong? _packets;

    /// <summary>Whether its packets are counted.</summary>
    public readonly bool IsMeasured => _packets is not null;

    /// <summary>Rounds in a row, up to the last one, in which it moved.</summary>
    public int Run { get; private set; }

    /// <summary>Rounds in which it moved since the connection takes its present path.</summary>
    public int Moves { get; private set; }

    /// <summary>When it last moved, or when the connection took its present path.</summary>
    public long MovedAt { get; private set; }

    /// <summary>Packets a second when it last moved, over the time that it had stood still.</summary>
    public int Rate { get; private set; }

    internal void Begin(ulong? packets, long now) => (_packets, Run, Moves, MovedAt, Rate) = (packets, 0, 0, now, 0);

    internal void Observe(ulong? packets, long now)
    {
        if (packets > _packets)
        {
            Rate = (int)Math.Min(int.MaxValue, (packets.Value - _packets.Value) * 1000 / (ulong)Math.Max(1, now - MovedAt));
            (Run, Moves, MovedAt) = (Run + 1, Moves + 1, now);
        }
        else
        {
            Run = 0;
        }

        _packets = packets;
    }
}
