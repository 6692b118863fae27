using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Daemon;

/// <summary>
/// Where the stations around are: by which port of a bridge each is reached, and which IP addresses it has. A connection in hardware goes on to where
/// its station was, whatever the bridge has learned since.
/// </summary>
internal sealed class Stations
{
    // More than a router of this size serves; of others the oldest are forgotten, and a move of theirs is not noticed.
    private const int Capacity = 2048;

    private readonly List<Port> _ports = [];
    private readonly List<Host> _hosts = [];
    private readonly List<Host> _moved = [];
    private bool _someoneMoved;

    /// <summary>Whether a station is not where it was.</summary>
    public bool HaveMoved => _someoneMoved || _moved.Count > 0;

    /// <summary>Remembers where a station is, and notices when it was elsewhere.</summary>
    public void Learn(in StationEvent seen)
    {
        if (seen.Bridge is not null)
            LearnPort(in seen);
        else if (seen.Address is { } address)
            LearnHost(in seen, address);
    }

    /// <summary>Whether an end of a connection has moved.</summary>
    public bool Concern(in ConntrackEntry connection)
    {
        if (_someoneMoved)
            return true;
        foreach (var host in _moved)
        {
            if (host.Address == connection.Original.Source || host.Address == connection.Reply.Source)
                return true;
        }

        return false;
    }

    /// <summary>The connections of those that have moved were seen to.</summary>
    public void Settle()
    {
        _moved.Clear();
        _someoneMoved = false;
    }

    /// <summary>Nothing is known any more.</summary>
    public void Forget()
    {
        _ports.Clear();
        _hosts.Clear();
        Settle();
    }

    private void LearnPort(in StationEvent seen)
    {
        foreach (var port in _ports)
        {
            if (port.Station != seen.Station || port.Bridge != seen.Bridge || port.Vlan != seen.Vlan)
                continue;
            if (port.Device != seen.Device)
                Move(seen.Station);
            port.Device = seen.Device;
            return;
        }

        Remember(_ports, new Port(seen.Station, seen.Bridge, seen.Vlan) { Device = seen.Device });
    }

    private void LearnHost(in StationEvent seen, InetAddress address)
    {
        foreach (var host in _hosts)
        {
            if (host.Address != address || host.Device != seen.Device)
                continue;
            if (host.Station != seen.Station)
                _moved.Add(host);
            host.Station = seen.Station;
            return;
        }

        Remember(_hosts, new Host(address, seen.Device) { Station = seen.Station });
    }

    private void Move(MacAddress station)
    {
        var known = _moved.Count;
        foreach (var host in _hosts)
        {
            if (host.Station == station)
                _moved.Add(host);
        }

        // With addresses that nobody has told us: it may be any connection's.
        _someoneMoved |= _moved.Count == known;
    }

    private static void Remember<T>(List<T> list, T item)
    {
        if (list.Count == Capacity)
            list.RemoveAt(0);
        list.Add(item);
    }

    private sealed class Port(MacAddress station, int? bridge, ushort vlan)
    {
        public MacAddress Station => station;

        public int? Bridge => bridge;

        public ushort Vlan => vlan;

        public int Device { get; set; }
    }

    private sealed class Host(InetAddress address, int device)
    {
        public InetAddress Address => address;

        public int Device => device;

        public MacAddress Station { get; set; }
    }
}
