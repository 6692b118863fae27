using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Daemon.Watch;

/// <summary>Collects the answer to a question while connections are listed. Nothing is allocated for a connection.</summary>
/// <param name="question">The question.</param>
/// <param name="table">What is known of connections from earlier.</param>
internal abstract class FlowInquiry(FlowQuestion question, WatchTable table)
{
    /// <summary>Every connection by path, whatever is asked for.</summary>
    protected PathTotals Totals { get; } = new();

    protected FlowQuestion Question => question;

    protected WatchTable Table => table;

    /// <summary>What was collected is void: the dump begins again.</summary>
    public virtual void Restart() => Totals.Clear();

    /// <summary>A connection.</summary>
    /// <param name="entry">As the kernel lists it.</param>
    /// <param name="key">Its <see cref="WatchSample.Key"/>.</param>
    /// <param name="slot">Where it is in the table, or <see cref="WatchTable.None"/>.</param>
    /// <param name="places">Finds its ends.</param>
    public void Take(in ConntrackEntry entry, ulong key, int slot, WatchPlaces places)
    {
        var traffic = TrafficOf(in entry);
        if (slot != WatchTable.None)
            traffic += table[slot].Earlier;
        Add(ref Totals[Connection.PathOf(in entry)], traffic);
        Take(in entry, key, slot, traffic, places);
    }

    /// <summary>The answer; the round has ended.</summary>
    public abstract FlowAnswer Answer(WatchPlaces places, long now);

    /// <summary>What an entry counted; null without accounting.</summary>
    public static FlowTraffic? TrafficOf(in ConntrackEntry entry) =>
        entry is { OriginalCounters: { } original, ReplyCounters: { } reply } ? new(original.Packets, original.Bytes, reply.Packets, reply.Bytes) : null;

    protected static void Add(ref PathTotal total, FlowTraffic? traffic)
    {
        if (traffic is { } counted)
            total.Add(counted.Packets, counted.Bytes);
        else
            total.AddUnmeasured();
    }

    /// <summary>A connection, with what it carried, entries before its present one included.</summary>
    protected abstract void Take(in ConntrackEntry entry, ulong key, int slot, FlowTraffic? traffic, WatchPlaces places);
}
