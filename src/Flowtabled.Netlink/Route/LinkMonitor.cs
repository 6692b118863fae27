using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>Takes what a <see cref="LinkMonitor"/> hears.</summary>
public interface ILinkListener
{
    /// <summary>A device changed.</summary>
    void Handle(scoped in LinkEvent change);

    /// <summary>Events were lost for want of room: what is known of links and qdiscs must be read again.</summary>
    void Lost();
}

/// <summary>Hears of changes of links and qdiscs (RTNLGRP_LINK, RTNLGRP_TC), when poll says that there are some.</summary>
public sealed class LinkMonitor : IDisposable
{
    private readonly NetlinkSubscription _subscription = new(NetlinkUapi.NETLINK_ROUTE, RtNetlink.RTNLGRP_LINK, RtNetlink.RTNLGRP_TC);

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _subscription.Descriptor;

    /// <summary>Called with each datagram, or null.</summary>
    public NetlinkTrace? Trace
    {
        get => _subscription.Trace;
        set => _subscription.Trace = value;
    }

    /// <summary>Hands what is queued to <paramref name="handler"/>, without waiting. False when events were lost.</summary>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public bool Read(ILinkListener handler)
    {
        var adapter = new Adapter(handler);
        return _subscription.Read(ref adapter);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    /// <summary>Hands the messages that tell of a change to a listener.</summary>
    internal readonly struct Adapter(ILinkListener handler) : IMessageHandler
    {
        public void Restart() => handler.Lost();

        public void Handle(scoped in MessageReader message)
        {
            if (LinkEvent.TryRead(in message, out var change))
                handler.Handle(in change);
        }
    }
}
