using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>Takes what an <see cref="AddressMonitor"/> hears, and what <see cref="RouteClient.DumpStations"/> finds.</summary>
public interface IAddressListener
{
    /// <summary>This is where a station is reached, now or still.</summary>
    void Handle(in StationEvent station);

    /// <summary>This system has lost an address.</summary>
    void Handle(AddressLoss loss);

    /// <summary>Events were lost for want of room: where stations are must be read again.</summary>
    void Lost();
}

/// <summary>
/// Hears of this system's own addresses (RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR) and, while that is asked for, of stations in the networks around it
/// (RTNLGRP_NEIGH), when poll says that there is something.
/// </summary>
public sealed class AddressMonitor : IDisposable
{
    private readonly NetlinkSubscription _subscription =
        new(NetlinkUapi.NETLINK_ROUTE, RtNetlink.RTNLGRP_IPV4_IFADDR, RtNetlink.RTNLGRP_IPV6_IFADDR);

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _subscription.Descriptor;

    /// <summary>Called with each datagram, or null.</summary>
    public NetlinkTrace? Trace
    {
        get => _subscription.Trace;
        set => _subscription.Trace = value;
    }

    /// <summary>Whether it hears of stations: in a large network those are some events a second.</summary>
    /// <exception cref="NetlinkException">The group cannot be joined or left.</exception>
    public bool HearsStations
    {
        get;
        set
        {
            if (value == field)
                return;
            if (value)
                _subscription.Join(RtNetlink.RTNLGRP_NEIGH);
            else
                _subscription.Leave(RtNetlink.RTNLGRP_NEIGH);
            field = value;
        }
    }

    /// <summary>Hands what is queued to <paramref name="handler"/>, without waiting. False when events were lost.</summary>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public bool Read(IAddressListener handler)
    {
        var adapter = new Adapter(handler);
        return _subscription.Read(ref adapter);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    /// <summary>Hands the messages that tell of addresses to a listener.</summary>
    internal readonly struct Adapter(IAddressListener handler) : IMessageHandler
    {
        public void Restart() => handler.Lost();

        public void Handle(scoped in MessageReader message)
        {
            if (StationEvent.TryRead(in message, out var station))
                handler.Handle(in station);
            else if (AddressLoss.TryRead(in message, out var loss))
                handler.Handle(loss);
        }
    }
}
