using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Daemon.Watch;

/// <summary>Where the ends of watched connections are: the kernel's routing is asked once for each, and anew when something was decided anew.</summary>
/// <param name="table">Keeps the answers.</param>
/// <param name="places">Asks.</param>
internal sealed class WatchPlaces(WatchTable table, ConnectionPlaces places)
{
    private const int Nowhere = -1;

    private readonly Dictionary<int, ConnectionEnd> _ends = [];

    /// <summary>How many connections may be asked about in this round: two questions each.</summary>
    public int Left { get; set; }

    /// <summary>Says from now on which connections are held: <see cref="HeldConnections.Read"/>.</summary>
    public void Hold(HashSet<string> held) => places.Held = held;

    /// <summary>Looks for the ends of a connection that is in the table, when they are not known yet.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public void Locate(in ConntrackEntry entry, int slot)
    {
        if (slot == WatchTable.None || table[slot].Client != WatchedFlow.Unplaced || Left == 0)
            return;
        Left--;
        table[slot].Client = places.FindClient(in entry) ?? Nowhere;
        table[slot].Server = places.FindServer(in entry) ?? Nowhere;
    }

    /// <summary>Says where a connection is that is not in the table.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public void Place(Connection connection) => places.Place(connection);

    /// <summary>Says where a connection is that is.</summary>
    public void Place(Connection connection, in WatchedFlow flow) => places.Place(connection, At(flow.Client), At(flow.Server));

    /// <summary>The end at a place that the table keeps.</summary>
    public ConnectionEnd At(int place)
    {
        if (place <= 0)
            return ConnectionEnd.Unknown;
        if (!_ends.TryGetValue(place, out var end))
            _ends[place] = end = places.At(place);
        return end;
    }
}
