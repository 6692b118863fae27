using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>What became of a connection.</summary>
[Flags]
public enum ConntrackChange : byte
{
    /// <summary>It began (NFNLGRP_CONNTRACK_NEW).</summary>
    New = 1,

    /// <summary>Its state, mark or labels changed (NFNLGRP_CONNTRACK_UPDATE). Not that it was offloaded: no event tells that.</summary>
    Updated = 2,

    /// <summary>It ended (NFNLGRP_CONNTRACK_DESTROY); the counters are its last ones.</summary>
    Ended = 4,
}

/// <summary>Takes what a <see cref="ConntrackMonitor"/> hears.</summary>
public interface IConntrackListener
{
    /// <summary>A connection changed. New and updated ones come without counters.</summary>
    void Handle(ConntrackChange change, in ConntrackEntry entry);

    /// <summary>Events were lost for want of room: what is known of connections must be read again.</summary>
    void Lost();
}

/// <summary>
/// Hears of connections, when poll says that there is something. Where sysctl nf_conntrack_events is 2, as it is by default, nothing is told of those
/// that began before somebody listened.
/// </summary>
/// <param name="changes">What to hear of.</param>
/// <exception cref="NetlinkException">This kernel has no nfnetlink, or no descriptor is left.</exception>
public sealed class ConntrackMonitor(ConntrackChange changes) : IDisposable
{
    /// <summary>
    /// Bytes of events that may wait, the kernel's own of each among them (about 1 KB an event): 80 ms at 50,000 a second. The kernel doubles it.
    /// </summary>
    public const int ReceiveBuffer = 2 << 20;

    private readonly NetlinkSubscription _subscription = new(NetlinkUapi.NETLINK_NETFILTER, Groups(changes), ReceiveBuffer);

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
    public bool Read(IConntrackListener listener)
    {
        var adapter = new Adapter(listener);
        return _subscription.Read(ref adapter);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    /// <summary>The multicast groups that tell of <paramref name="changes"/>.</summary>
    internal static int[] Groups(ConntrackChange changes)
    {
        var groups = new List<int>(3);
        if ((changes & ConntrackChange.New) != 0)
            groups.Add(NfNetlink.NFNLGRP_CONNTRACK_NEW);
        if ((changes & ConntrackChange.Updated) != 0)
            groups.Add(NfNetlink.NFNLGRP_CONNTRACK_UPDATE);
        if ((changes & ConntrackChange.Ended) != 0)
            groups.Add(NfNetlink.NFNLGRP_CONNTRACK_DESTROY);
        return [.. groups];
    }

    /// <summary>Hands the messages that tell of a connection to a listener.</summary>
    internal readonly struct Adapter(IConntrackListener listener) : IMessageHandler
    {
        public void Restart() => listener.Lost();

        public void Handle(scoped in MessageReader message)
        {
            if (message.Header.Type is not (ConntrackEntry.MessageType or ConntrackRequest.DeleteType))
                return;
            var change = message.Header.Type == ConntrackRequest.DeleteType ? ConntrackChange.Ended
                : (message.Header.Flags & NetlinkUapi.NLM_F_CREATE) != 0 ? ConntrackChange.New
                : ConntrackChange.Updated;
            var entry = ConntrackEntry.Read(in message);
            listener.Handle(change, in entry);
        }
    }
}
