namespace Flowtabled.Engine.Flows;

/// <summary>A connection in a flowtable, as it was seen from round to round. Times are milliseconds.</summary>
public sealed class Flow
{
    private FlowDirection _original;
    private FlowDirection _reply;
    private uint _id;

    internal Flow(in FlowSample sample, long now)
    {
        (Key, Kind) = (sample.Key, sample.Kind);
        Begin(in sample, now);
    }

    /// <summary><see cref="FlowSample.Key"/>.</summary>
    public ulong Key { get; }

    /// <summary>What it carries.</summary>
    public FlowKind Kind { get; }

    /// <summary>Whether it is in hardware, in one direction at least; else it is in software.</summary>
    public bool IsInHardware { get; private set; }

    /// <summary>Since when.</summary>
    public long Since { get; private set; }

    /// <summary>When that was certain, a little later than <see cref="Since"/>: at the end of the round that first saw it so; null until then.</summary>
    public long? CertainSince { get; internal set; }

    /// <summary>Whether it was in software before the hardware could have taken it: there it stays.</summary>
    public bool IsOlder { get; internal set; }

    /// <summary>The direction of its first packet.</summary>
    public ref readonly FlowDirection Original => ref _original;

    /// <summary>The other one.</summary>
    public ref readonly FlowDirection Reply => ref _reply;

    /// <summary>Whether its ends were looked for.</summary>
    public bool IsPlaced { get; private set; }

    /// <summary>The l3 device towards the one that began it; <see langword="null"/> when that may not be in hardware, or is not known.</summary>
    public string? Client { get; private set; }

    /// <summary>The l3 device towards the other end, likewise.</summary>
    public string? Server { get; private set; }

    /// <summary>Whether both ends may be in hardware.</summary>
    public bool IsEligible => Client is not null && Server is not null;

    internal int Round { get; set; }

    /// <summary>Says which devices lead to its ends, of those whose connections may be in hardware.</summary>
    public void Place(string? client, string? server) => (IsPlaced, Client, Server) = (true, client, server);

    /// <summary>When a packet last came by, or when it took its present path.</summary>
    public long MovedAt => Math.Max(_original.MovedAt, _reply.MovedAt);

    internal void Observe(in FlowSample sample, long now)
    {
        // Another entry for the same ends begins to count anew.
        if (sample.IsInHardware != IsInHardware || sample.Id != _id)
        {
            IsOlder &= !sample.IsInHardware;
            Begin(in sample, now);
            return;
        }

        _original.Observe(sample.Original, now);
        _reply.Observe(sample.Reply, now);
    }

    internal void Unplace() => (IsPlaced, Client, Server) = (false, null, null);

    private void Begin(in FlowSample sample, long now)
    {
        (_id, IsInHardware, Since, CertainSince) = (sample.Id, sample.IsInHardware, now, null);
        _original.Begin(sample.Original, now);
        _reply.Begin(sample.Reply, now);
    }
}
