using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Daemon.Watch;

/// <summary>Takes the connections of one round: those that both ends have spoken on into the table, all to those who ask.</summary>
/// <param name="table">The table.</param>
/// <param name="places">Where ends are.</param>
/// <param name="census">Counts those that are taken into the table.</param>
/// <param name="inquiries">Who asks.</param>
/// <param name="now">The time.</param>
internal sealed class WatchRound(WatchTable table, WatchPlaces places, FlowCensus census, List<FlowInquiry> inquiries, long now) : IConntrackHandler
{
    public void Restart()
    {
        table.BeginRound(now);
        census.Clear();
        foreach (var inquiry in inquiries)
            inquiry.Restart();
    }

    public void Handle(in ConntrackEntry entry)
    {
        var key = ConnectionKey.Of(in entry.Original);
        var slot = WatchTable.None;
        if ((entry.Status & ConntrackStatus.SeenReply) != 0)
        {
            var path = Connection.PathOf(in entry);
            slot = table.Observe(new WatchSample
            {
                Key = key,
                Id = entry.Id,
                Path = path,
                IsClosing = entry.TcpState is not (null or ConntrackTcpState.Established),
                Traffic = FlowInquiry.TrafficOf(in entry),
            });
            if (table.IsRepeated)
                return;
            census.Add(path, key);
        }

        foreach (var inquiry in inquiries)
            inquiry.Take(in entry, key, slot, places);
    }
}
