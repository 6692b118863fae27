using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Daemon.Watch;

/// <summary>Collects the first of the connections that are asked for.</summary>
internal sealed class FlowPage(FlowQuestion question, WatchTable table) : FlowInquiry(question, table)
{
    private readonly FirstFew _first = new(question.Limit, question.After);
    private readonly ConntrackEntry[] _entries = new ConntrackEntry[question.Limit];
    private readonly WatchedFlow[] _flows = new WatchedFlow[question.Limit];
    private readonly bool[] _isWatched = new bool[question.Limit];
    private int _chosen;

    public override void Restart()
    {
        base.Restart();
        _first.Clear();
        _chosen = 0;
    }

    public override FlowAnswer Answer(WatchPlaces places, long now)
    {
        var (slots, last) = _first.InOrder();
        var connections = new List<Connection>(slots.Length);
        foreach (var slot in slots)
        {
            ref readonly var flow = ref _flows[slot];
            var connection = new Connection(in _entries[slot]) { History = _isWatched[slot] ? HistoryOf(in flow, now) : null };
            connection.Rate = _isWatched[slot] ? (ulong?)flow.Rate : null;
            if (_isWatched[slot] && flow.Client != WatchedFlow.Unplaced)
                places.Place(connection, in flow);
            else
                places.Place(connection);
            connections.Add(connection);
        }

        var cursor = _first.HasMore ? last.ToString() : null;
        return new FlowAnswer(Question.Number)
        {
            Flows = new FlowListing(Totals, connections, _chosen, HasRates: true) { IsWatched = true, Cursor = cursor },
        };
    }

    protected override void Take(in ConntrackEntry entry, ulong key, int slot, FlowTraffic? traffic, WatchPlaces places)
    {
        if (!Question.Choice.Matches(in entry))
            return;
        if (Question.Choice.Zone is { } zone && !IsIn(zone, in entry, slot, places))
            return;
        _chosen++;
        var place = _first.Offer(RankOf(in entry, key, slot, traffic));
        if (place < 0)
            return;
        _entries[place] = entry;
        _isWatched[place] = slot != WatchTable.None;
        if (slot != WatchTable.None)
            _flows[place] = Table[slot];
    }

    private bool IsIn(string zone, in ConntrackEntry entry, int slot, WatchPlaces places)
    {
        if (slot == WatchTable.None)
            return false;
        places.Locate(in entry, slot);
        return places.At(Table[slot].Client).Zones.Contains(zone) || places.At(Table[slot].Server).Zones.Contains(zone);
    }

    private FlowRank RankOf(in ConntrackEntry entry, ulong key, int slot, FlowTraffic? traffic) => Question.Order switch
    {
        FlowOrder.Rate => FlowRank.MostFirst(slot == WatchTable.None ? 0 : (ulong)(Table[slot].Rate ?? 0), key),
        FlowOrder.Age => new FlowRank(entry.Start ?? ulong.MaxValue, key),
        _ => FlowRank.MostFirst(traffic?.Bytes ?? 0, key),
    };

    private static ConnectionHistory HistoryOf(in WatchedFlow flow, long now) =>
        new(flow.Earlier, (now - flow.Since) / 1000, flow.IsMeasured ? flow.Falls : null);
}
