using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Takes what an <see cref="NftMonitor"/> hears.</summary>
public interface INftListener
{
    /// <summary>Something in the ruleset changed.</summary>
    void Handle(scoped in NftEvent change);

    /// <summary>Events were lost for want of room: what is known of the ruleset must be read again.</summary>
    void Lost();
}

/// <summary>
/// Hears of changes of the ruleset (NFNLGRP_NFTABLES), when poll says that there are some. Three things are never told: a device that
/// vanishes from a flowtable, a device that is renamed, a table that dies with the socket of its owner.
/// </summary>
public sealed class NftMonitor : IDisposable
{
    private readonly NetlinkSubscription _subscription = new(NetlinkUapi.NETLINK_NETFILTER, NfNetlink.NFNLGRP_NFTABLES);

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _subscription.Descriptor;

    /// <summary>Called with each datagram, or null.</summary>
    public NetlinkTrace? Trace
    {
        get => _subscription.Trace;
        set => _subscription.Trace = value;
    }

    /// <summary>Hands what is queued to <paramref name="listener"/>, without waiting. False when events were lost.</summary>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public bool Read(INftListener listener)
    {
        var adapter = new Adapter(listener);
        return _subscription.Read(ref adapter);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    /// <summary>Hands the messages that tell of a change to a listener.</summary>
    internal readonly struct Adapter(INftListener listener) : IMessageHandler
    {
        public void Restart() => listener.Lost();

        public void Handle(scoped in MessageReader message)
        {
            if (NftEvent.TryRead(in message, out var change))
                listener.Handle(in change);
        }
    }
}
