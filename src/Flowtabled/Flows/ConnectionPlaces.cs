using System.Collections.Immutable;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Flows;

/// <summary>Finds out where the ends of connections are: two questions to the kernel's routing for each.</summary>
/// <param name="route">Asks.</param>
/// <param name="devices">The devices.</param>
/// <param name="decision">What was decided for them; null when the configuration cannot be read.</param>
/// <param name="hasTable">Whether there is a table of ours.</param>
internal sealed class ConnectionPlaces(RouteClient route, DeviceGraph devices, Decision? decision, bool hasTable)
{
    private const int Loopback = 1; // LOOPBACK_IFINDEX (net/flow.h)

    /// <summary>The connections that are held on the slow path: <see cref="HeldConnections.NameOf"/>.</summary>
    public HashSet<string> Held { get; set; } = [];

    /// <summary>Where both ends of a connection are now.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public void Place(Connection connection)
    {
        ref readonly var entry = ref connection.Entry;
        Place(connection, Find(FindClient(in entry)), Find(FindServer(in entry)));
    }

    /// <summary>Both ends of a connection are where they were found before.</summary>
    public void Place(Connection connection, ConnectionEnd client, ConnectionEnd server)
    {
        (connection.HasTable, connection.Client, connection.Server) = (hasTable, client, server);
        connection.IsHeld = Held.Count > 0 && Held.Contains(HeldConnections.NameOf(in connection.Entry.Original));
        connection.ExcludedBy = decision is null ? null : KeptOutTraffic.WhoExcludes(decision.Exclusions, in connection.Entry);
    }

    /// <summary>Index of the device that leads to who began a connection now; null when none does.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public int? FindClient(in ConntrackEntry entry) => route.FindClient(in entry);

    /// <summary>The same of the other end.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public int? FindServer(in ConntrackEntry entry) => route.FindServer(in entry);

    /// <summary>An end behind a device.</summary>
    public ConnectionEnd At(int index)
    {
        var name = devices.Find(index)?.Name;
        if (index == Loopback)
            return new ConnectionEnd(name, [], FlowEnd.Router);
        if (name is null || decision is null)
            return new ConnectionEnd(name, [], FlowEnd.Unknown);
        var decided = decision.Devices.FirstOrDefault(device => device.Device == name);
        return new ConnectionEnd(name, decided?.Zones ?? ImmutableArray<string>.Empty, StandingOf(decided)) { ExcludedBy = decided?.ExcludedBy };
    }

    private ConnectionEnd Find(int? index) => index is { } found ? At(found) : ConnectionEnd.Unknown;

    private static FlowEnd StandingOf(DeviceDecision? decided) => decided switch
    {
        { Outcome: Outcome.In or Outcome.Moved } => FlowEnd.Inside,
        { Code: ReasonCode.Excluded } => FlowEnd.Excluded,
        _ => FlowEnd.Outside,
    };
}
