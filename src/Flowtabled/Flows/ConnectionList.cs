using Flowtabled.Engine.Flows;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>
/// Takes the connections of a dump: counts all of them by path, and keeps those that are chosen, of more than the limit the first in order. Memory
/// does not grow with the kernel's table, but for the rate.
/// </summary>
/// <param name="choice">Which are kept.</param>
/// <param name="limit">How many at most.</param>
/// <param name="order">Which come first.</param>
/// <param name="places">Finds out where their ends are, when the zone is chosen by.</param>
internal sealed class ConnectionList(ConnectionChoice choice, int limit, Comparison<Connection> order, ConnectionPlaces? places) : IConntrackHandler
{
    private List<Connection> _kept = [];

    /// <summary>Every connection, whatever is chosen.</summary>
    public PathTotals Totals { get; } = new();

    /// <summary>What the connections had carried some time ago; null when rates are not asked for.</summary>
    public EarlierBytes? Earlier { get; init; }

    /// <summary>Notes what those chosen have carried by now, for the next time; null where nobody asks.</summary>
    public EarlierBytes? Next { get; init; }

    /// <summary>How many were chosen, kept or not.</summary>
    public int Chosen { get; private set; }

    /// <summary>Those kept, in order.</summary>
    public List<Connection> Connections
    {
        get
        {
            Trim();
            return _kept;
        }
    }

    public void Restart()
    {
        _kept.Clear();
        Totals.Clear();
        Chosen = 0;
        Next?.Restart();
    }

    public void Handle(in ConntrackEntry entry)
    {
        TotalsReader.Add(Totals, in entry);
        if (!choice.Matches(in entry))
            return;
        Next?.Handle(in entry);
        var connection = new Connection(in entry) { Rate = Earlier?.RateOf(in entry) };
        if (choice.Zone is { } zone)
        {
            places?.Place(connection);
            if (!connection.Client.Zones.Contains(zone) && !connection.Server.Zones.Contains(zone))
                return;
        }

        Chosen++;
        _kept.Add(connection);
        if (_kept.Count >= 2L * limit + 1024)
            Trim();
    }

    private void Trim()
    {
        _kept = _kept.Sorted(order);
        if (_kept.Count > limit)
            _kept.RemoveRange(limit, _kept.Count - limit);
    }
}
