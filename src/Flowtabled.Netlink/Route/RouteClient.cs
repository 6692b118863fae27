using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>Asks rtnetlink for links, qdiscs and routes. Not for use by two threads at once.</summary>
public sealed class RouteClient(NetlinkConnection connection) : IDisposable
{
    /// <summary>Opens a socket for the current network namespace.</summary>
    /// <param name="trace">Sees each datagram, or null.</param>
    /// <exception cref="NetlinkException">No descriptor is left.</exception>
    public static RouteClient Open(NetlinkTrace? trace = null)
    {
        var socket = new NetlinkSocket(NetlinkUapi.NETLINK_ROUTE) { Trace = trace };
        socket.TryUseStrictChecking();
        return new RouteClient(new NetlinkConnection(socket));
    }

    /// <summary>All links of the namespace, in the kernel's order.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or links change faster than they can be read.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public List<Link> DumpLinks()
    {
        var writer = connection.Start(RtNetlink.RTM_GETLINK, 0, default(InterfaceInfoMessage));
        writer.WriteUInt32(IfLink.IFLA_EXT_MASK, RtNetlink.RTEXT_FILTER_SKIP_STATS);
        return Dump<Link>("list links", RtNetlink.RTM_NEWLINK, LinkDecoder.TryDecode);
    }

    /// <summary>All qdiscs of all devices but those that the kernel made by default below another.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or qdiscs change faster than they can be read.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public List<Qdisc> DumpQdiscs()
    {
        connection.Start(RtNetlink.RTM_GETQDISC, 0, default(TrafficControlMessage));
        try
        {
            return Dump<Qdisc>("list qdiscs", RtNetlink.RTM_NEWQDISC, Qdisc.TryDecode);
        }
        catch (NetlinkException e) when (e.Errno == Errno.EOPNOTSUPP)
        {
            return []; // A kernel without CONFIG_NET_SCHED has none.
        }
    }

    /// <summary>
    /// Index of the device by which the kernel would send to an address now; that of the loopback device for its own addresses, null without
    /// a route.
    /// </summary>
    /// <param name="destination">The address.</param>
    /// <param name="source">
    /// Where the packet comes from, of the same family. Routes of IPv6 may hold for some sources only, as those that netifd makes by default
    /// ("default from 2001:db8::/56"): without it the kernel finds none of those. Over IPv4 it is not told: there the kernel knows its own only.
    /// </param>
    /// <param name="mark">The packet's mark (RTA_MARK), by which rules may choose another table.</param>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public int? FindDevice(InetAddress destination, InetAddress source, uint mark)
    {
        var length = (byte)(8 * destination.Size);
        var header = new RouteMessage { Family = destination.Family, DestinationLength = length, SourceLength = source.IsV6 ? length : (byte)0 };
        var writer = connection.Start(RtNetlink.RTM_GETROUTE, 0, header);
        destination.Write(writer, RtNetlink.RTA_DST);
        if (source.IsV6)
            source.Write(writer, RtNetlink.RTA_SRC);
        if (mark != 0)
            writer.WriteUInt32(RtNetlink.RTA_MARK, mark);
        var reply = default(RouteReply);
        try
        {
            connection.Query("find a route", ref reply);
        }
        catch (NetlinkException e) when (MeansNoRoute(e.Errno))
        {
            return null;
        }

        return reply.Device;
    }

    /// <summary>Hands every station that a bridge or a neighbour table knows to <paramref name="handler"/>; after an interruption some again.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or stations change faster than they can be read.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public void DumpStations(IAddressListener handler)
    {
        var adapter = new StationAdapter(handler);
        foreach (var family in (ReadOnlySpan<byte>)[AddressFamily.AF_BRIDGE, AddressFamily.AF_INET, AddressFamily.AF_INET6])
        {
            connection.Start(RtNetlink.RTM_GETNEIGH, 0, new NeighbourMessage { Family = family });
            connection.Dump("list stations", ref adapter);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    // No route at all; or one of type unreachable, prohibit, blackhole or throw (fib_props, net/ipv4/fib_semantics.c).
    private static bool MeansNoRoute(int errno) =>
        errno is Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.EACCES or Errno.EINVAL or Errno.EAGAIN;

    private List<T> Dump<T>(string operation, ushort type, Decoder<T> decode)
    {
        var items = new Collector<T>(type, decode);
        connection.Dump(operation, ref items);
        return items.Items;
    }

    private readonly struct StationAdapter(IAddressListener handler) : IMessageHandler
    {
        public void Restart()
        {
        }

        public void Handle(scoped in MessageReader message)
        {
            if (StationEvent.TryRead(in message, out var station))
                handler.Handle(in station);
        }
    }
}
