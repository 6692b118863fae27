using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Takes the connections of a dump.</summary>
public interface IConntrackHandler
{
    /// <summary>What was handled so far is void: the dump begins again.</summary>
    void Restart();

    /// <summary>One connection, valid during the call.</summary>
    void Handle(in ConntrackEntry entry);
}

/// <summary>Asks the kernel for tracked connections. Not for use by two threads at once.</summary>
public sealed class ConntrackClient(NetlinkConnection connection) : IDisposable
{
    private const ushort DumpType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_GET;

    /// <summary>Opens a socket for the current network namespace.</summary>
    /// <param name="trace">Sees each datagram, or null.</param>
    /// <exception cref="NetlinkException">This kernel has no nfnetlink (EPROTONOSUPPORT), or no descriptor is left.</exception>
    public static ConntrackClient Open(NetlinkTrace? trace = null) =>
        new(new NetlinkConnection(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER) { Trace = trace }));

    /// <summary>
    /// Hands every connection whose status has the bits of <paramref name="mask"/> as in <paramref name="value"/> to
    /// <paramref name="handler"/>. A dump is no snapshot: while connections come and go one may be missed or come twice.
    /// </summary>
    /// <param name="value">Which of the mask's bits must be set.</param>
    /// <param name="mask">Which bits count; none: every connection.</param>
    /// <param name="handler">Takes them one by one; nothing is allocated for them.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no nf_conntrack_netlink (EINVAL).</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public void Dump<THandler>(ConntrackStatus value, ConntrackStatus mask, ref THandler handler) where THandler : IConntrackHandler
    {
        var writer = connection.Start(DumpType, 0, new NfGenMessage(0));
        if (mask != 0)
        {
            writer.WriteUInt32BigEndian(CtNetlink.CTA_STATUS, (uint)(value & mask));
            writer.WriteUInt32BigEndian(CtNetlink.CTA_STATUS_MASK, (uint)mask);
        }

        var entries = new Entries<THandler>(value, mask, ref handler);
        connection.Dump("list connections", ref entries);
    }

    /// <summary>Counts connections by path. The numbers are read one after the other.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no nf_conntrack_netlink (EINVAL).</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public ConntrackCounts Count()
    {
        var paths = default(PathCounter);
        Dump(ConntrackStatus.Offload, ConntrackStatus.Offload, ref paths);

        connection.Start(TotalReader.MessageType, 0, new NfGenMessage(0));
        var total = default(TotalReader);
        connection.Query("count connections", ref total);
        return new ConntrackCounts(total.Entries, paths.Software, paths.Hardware);
    }

    /// <summary>
    /// Counts the connections that hardware has, in one direction at least. One that is just leaving counts too: it is no longer offloaded,
    /// but the driver was not told yet.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no nf_conntrack_netlink (EINVAL).</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public int CountInHardware()
    {
        var counter = default(Counter);
        Dump(ConntrackStatus.HardwareOffload, ConntrackStatus.HardwareOffload, ref counter);
        return counter.Count;
    }

    /// <summary>Ends a connection: its next packet begins a new one, or is refused. False when it had ended already.</summary>
    /// <param name="tuple">Either of its tuples.</param>
    /// <param name="id">Its <see cref="ConntrackEntry.Id"/>.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or does not let us (EPERM).</exception>
    public bool TryDelete(in ConntrackTuple tuple, uint id)
    {
        ConntrackRequest.WriteLookup(connection.Start(ConntrackRequest.DeleteType, 0, new NfGenMessage(tuple.Family)), in tuple, id);
        try
        {
            connection.Execute("end a connection");
            return true;
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENOENT)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private readonly ref struct Entries<THandler>(ConntrackStatus value, ConntrackStatus mask, ref THandler handler) : IMessageHandler
        where THandler : IConntrackHandler
    {
        private readonly ref THandler _handler = ref handler;

        public void Restart() => _handler.Restart();

        public void Handle(scoped in MessageReader message)
        {
            if (message.Header.Type != ConntrackEntry.MessageType)
                return;
            var entry = ConntrackEntry.Read(in message);
            // Kernels before 5.15 do not know the filter, and send everything.
            if ((entry.Status & mask) == (value & mask))
                _handler.Handle(in entry);
        }
    }

    private struct Counter : IConntrackHandler
    {
        public int Count { get; private set; }

        public void Restart() => Count = 0;

        public void Handle(in ConntrackEntry entry) => Count++;
    }

    private struct PathCounter : IConntrackHandler
    {
        public int Software { get; private set; }

        public int Hardware { get; private set; }

        public void Restart() => (Software, Hardware) = (0, 0);

        public void Handle(in ConntrackEntry entry)
        {
            if (entry.IsInHardware)
                Hardware++;
            else
                Software++;
        }
    }
}
