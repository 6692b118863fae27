using Flowtabled.Engine.Flows;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>Adds up the connections of a dump by path.</summary>
/// <param name="totals">The sum.</param>
internal readonly struct TotalsReader(PathTotals totals) : IConntrackHandler
{
    public void Restart() => totals.Clear();

    public void Handle(in ConntrackEntry entry) => Add(totals, in entry);

    /// <summary>Adds one connection.</summary>
    public static void Add(PathTotals totals, in ConntrackEntry entry)
    {
        ref var total = ref totals[Connection.PathOf(in entry)];
        if (entry is { OriginalCounters: { } original, ReplyCounters: { } reply })
            total.Add(original.Packets + reply.Packets, original.Bytes + reply.Bytes);
        else
            total.AddUnmeasured();
    }
}
