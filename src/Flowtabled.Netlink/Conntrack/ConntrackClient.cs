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
    /// <summary>Opens a socket for the current network namespace.</summary>
    /// <param name="trace">Sees each datagram, or null.</param>
    /// <exception cref="NetlinkException">This kernel has no nfnetlink (EPROTONOSUPPORT), or no descriptor is left.</exception>
    public static ConntrackClient Open(NetlinkTrace? trace = null) =>
        new(new NetlinkConnection(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER) { Trace = trace }));

    /// <summary>
    /// Hands every connection that <paramref name="filter"/> means to <paramref name="handler"/>. A dump is no snapshot: while connections come and
    /// go one may be missed or come twice.
    /// </summary>
    /// <param name="filter">Which ones. The kernel sifts by as much of it as it knows, and the rest is done here.</param>
    /// <param name="handler">Takes them one by one; nothing is allocated for them.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no nf_conntrack_netlink (EINVAL).</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public void Dump<THandler>(in ConntrackFilter filter, ref THandler handler) where THandler : IConntrackHandler
    {
        StartDump(in filter);
        var entries = new Entries<THandler>(in filter, ref handler);
        connection.Dump("list connections", ref entries);
    }

    /// <summary>The same by status: every connection that has the bits of <paramref name="mask"/> as in <paramref name="value"/>.</summary>
    /// <param name="value">Which of the mask's bits must be set.</param>
    /// <param name="mask">Which bits count; none: every connection.</param>
    /// <param name="handler">Takes them one by one; nothing is allocated for them.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no nf_conntrack_netlink (EINVAL).</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public void Dump<THandler>(ConntrackStatus value, ConntrackStatus mask, ref THandler handler) where THandler : IConntrackHandler =>
        Dump(ConntrackFilter.ByStatus(value, mask), ref handler);

    /// <summary>Counts connections by path. The numbers are read one after the other.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no nf_conntrack_netlink (EINVAL).</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public ConntrackCounts Count()
    {
        var paths = default(PathCounter);
        Dump(ConntrackStatus.Offload, ConntrackStatus.Offload, ref paths);
        var total = ReadTotal();
        return new ConntrackCounts(total.Entries, paths.Software, paths.Hardware) { Maximum = total.Maximum };
    }

    /// <summary>What conntrack counted, and how full its table is.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no nf_conntrack_netlink (EINVAL).</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public ConntrackStatistics ReadStatistics()
    {
        connection.Start(StatisticsReader.MessageType, 0, new NfGenMessage(0));
        var processors = default(StatisticsReader);
        connection.Dump("read conntrack statistics", ref processors);
        var total = ReadTotal();
        return processors.Sum with { Entries = total.Entries, Maximum = total.Maximum };
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

    /// <summary>
    /// Ends every connection that <paramref name="filter"/> means, in one go. A kernel that does not know such a filter would end them all: it is not
    /// asked.
    /// </summary>
    /// <param name="filter">By status, by mark, or both: the kernel deletes by nothing else.</param>
    /// <exception cref="ArgumentException">The filter has neither, or something else.</exception>
    /// <exception cref="NetlinkException">
    /// The kernel does not know the filter (EOPNOTSUPP; by status since 5.15), does not answer, or does not let us (EPERM). Nothing was ended.
    /// </exception>
    public void DeleteAll(in ConntrackFilter filter)
    {
        const string operation = "end connections by filter";
        if (!filter.IsByStatusOrMark)
            throw new ArgumentException("connections are ended by status, by mark, or both");

        // By each part alone: the kernel says that it sifted, not by what.
        foreach (var part in (ReadOnlySpan<ConntrackFilter>)
            [ConntrackFilter.ByStatus(filter.Status, filter.StatusMask), ConntrackFilter.ByMark(filter.Mark, filter.MarkMask)])
        {
            if (!part.IsByStatusOrMark)
                continue; // It has no such part.
            StartDump(in part);
            var probe = default(FilterProbe);
            connection.Dump(operation, ref probe);
            if (!probe.HasEntries)
                return;
            if (!probe.IsFiltered)
                throw new NetlinkException(operation, Errno.EOPNOTSUPP);
        }

        filter.Write(connection.Start(ConntrackRequest.DeleteType, 0, new NfGenMessage(0)));
        connection.Execute(operation);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private void StartDump(in ConntrackFilter filter) =>
        filter.Write(connection.Start(ConntrackRequest.ReadType, 0, new NfGenMessage(filter.RequestFamily)));

    private TotalReader ReadTotal()
    {
        connection.Start(TotalReader.MessageType, 0, new NfGenMessage(0));
        var total = default(TotalReader);
        connection.Query("count connections", ref total);
        return total;
    }

    private readonly ref struct Entries<THandler>(in ConntrackFilter filter, ref THandler handler) : IMessageHandler
        where THandler : IConntrackHandler
    {
        private readonly ref readonly ConntrackFilter _filter = ref filter;
        private readonly ref THandler _handler = ref handler;

        public void Restart() => _handler.Restart();

        public void Handle(scoped in MessageReader message)
        {
            if (message.Header.Type != ConntrackEntry.MessageType)
                return;
            var entry = ConntrackEntry.Read(in message);
            if (_filter.Matches(in entry))
                _handler.Handle(in entry);
        }
    }

    private struct FilterProbe : IMessageHandler
    {
        public bool HasEntries { get; private set; }

        public bool IsFiltered { get; private set; }

        public void Restart() => (HasEntries, IsFiltered) = (false, false);

        public void Handle(scoped in MessageReader message)
        {
            HasEntries = true;
            IsFiltered = (message.Header.Flags & NetlinkUapi.NLM_F_DUMP_FILTERED) != 0;
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
