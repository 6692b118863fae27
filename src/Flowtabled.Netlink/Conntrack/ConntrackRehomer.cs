using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>
/// Takes live connections out of their flowtable, software or hardware, with nothing lost: deletes each one's entry and makes it again, translation
/// and all, in one send, so that the next packet finds an established connection. What an exclusion of the ruleset names by then stays on the slow
/// path; everything else may be offloaded again, with a fresh path. Counters begin anew. Masquerading forgets by which device a connection leaves:
/// the kernel no longer ends it when that device loses its address. Not for use by two threads at once.
/// </summary>
public sealed class ConntrackRehomer : IDisposable
{
    private const string Operation = "rehome connections";

    /// <summary>How often a connection's entry is made: a packet that comes between the delete and the creation makes one first.</summary>
    private const int MaxAttempts = 4;

    private readonly NetlinkConnection _connection;
    private readonly RehomingBatch _batch;
    private readonly List<Rehoming> _homeless = [];
    private bool _isFull;

    /// <param name="channel">A socket, which is then this one's.</param>
    public ConntrackRehomer(INetlinkChannel channel)
    {
        _connection = new NetlinkConnection(channel);
        _batch = new RehomingBatch(channel, _connection);
    }

    /// <summary>How long connections live that were in a flowtable.</summary>
    public ConntrackTimeouts Timeouts { get; set; } = ConntrackTimeouts.OpenWrt;

    /// <summary>Opens a socket for the current network namespace.</summary>
    /// <param name="trace">Sees each datagram, or null.</param>
    /// <exception cref="NetlinkException">This kernel has no nfnetlink (EPROTONOSUPPORT), or no descriptor is left.</exception>
    public static ConntrackRehomer Open(NetlinkTrace? trace = null) => new(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER) { Trace = trace });

    /// <summary>
    /// Rehomes connections that were just read; each one's <see cref="Rehoming.Outcome"/> then says what came of it. False when some found no room.
    /// </summary>
    /// <param name="connections">Those that are pending are rehomed, and those that found no room before; the others passed over.</param>
    /// <exception cref="NetlinkException">
    /// The kernel does not let us (EPERM) or has no nf_conntrack_netlink (EINVAL); or it is not known what came of some, which are pending still
    /// (ENOBUFS: answers were lost; ETIMEDOUT: there were none).
    /// </exception>
    /// <exception cref="NetlinkFormatException">An answer is malformed.</exception>
    public bool Rehome(IReadOnlyList<Rehoming> connections)
    {
        _isFull = false;
        for (var next = 0; next < connections.Count;)
        {
            next = SendSome(connections, next);
            for (var i = 0; i < _batch.Count; i++)
                Settle(_batch[i], _batch.DeleteErrno(i), _batch.CreateErrno(i));
            foreach (var connection in _homeless)
                TryAgain(connection);
        }

        return !_isFull;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private int SendSome(IReadOnlyList<Rehoming> connections, int next)
    {
        var room = Room();
        _homeless.Clear();
        _batch.Begin(connections.Count - next);
        for (; next < connections.Count && !_batch.IsFull; next++)
        {
            var connection = connections[next];
            if (connection.Outcome != RehomingOutcome.Pending && !connection.HasNoRoom)
                continue;
            if (_batch.Count < room)
            {
                _batch.Add(connection, in connection.Original, connection.Id, Timeouts);
                continue;
            }

            connection.LeaveAlone(RehomingObstacle.TableFull);
            _isFull = true;
        }

        _batch.Send(Operation);
        return next;
    }

    // Entries that may be made: a deleted one counts until its flowtable lets go of it, and a creation that finds no room ends the connection.
    private int Room()
    {
        _connection.Start(TotalReader.MessageType, 0, new NfGenMessage(0));
        var total = default(TotalReader);
        _connection.Query("count connections", ref total);
        return total.Maximum == 0 ? int.MaxValue : total.Maximum - total.Entries;
    }

    private void Settle(Rehoming connection, int deleteErrno, int createErrno)
    {
        if (deleteErrno == Errno.ENOENT)
        {
            // It ended since it was read, and what was made for it is an entry of no connection.
            if (createErrno == 0)
                Delete(in connection.Original);
            connection.Miss();
        }
        else if (deleteErrno != 0)
        {
            connection.Refuse(deleteErrno);
        }
        else if (createErrno != 0)
        {
            connection.Refuse(createErrno);
            _homeless.Add(connection);
        }
        else
        {
            connection.Succeed();
        }
    }

    // Whatever the reason: a connection without an entry is lost.
    private void TryAgain(Rehoming connection)
    {
        while (connection.Outcome == RehomingOutcome.Refused && connection.Attempts < MaxAttempts)
        {
            var (tuple, id) = (connection.Original, connection.Id);
            if (TryRead(in connection.Original, out var found) || TryRead(in connection.Reply, out found))
            {
                // An entry of this connection begins as it did, or with an answer. Any other has taken its place for good.
                if (found.Original != connection.Original && found.Original != connection.Reply)
                    return;
                (tuple, id) = (found.Original, found.Id);
            }

            _batch.Begin(1);
            _batch.Add(connection, in tuple, id, Timeouts);
            _batch.Send(Operation);
            if (_batch.CreateErrno(0) is not 0 and var errno)
                connection.Refuse(errno);
            else
                connection.Succeed();
        }
    }

    private bool TryRead(in ConntrackTuple tuple, out ConntrackEntry entry)
    {
        ConntrackRequest.WriteLookup(
            _connection.Start(ConntrackRequest.ReadType, 0, new NfGenMessage(tuple.Family)), in tuple, id: null);
        var reader = default(EntryReader);
        var isThere = Execute("read a connection", ref reader);
        entry = reader.Entry;
        return isThere;
    }

    private void Delete(in ConntrackTuple tuple)
    {
        ConntrackRequest.WriteLookup(
            _connection.Start(ConntrackRequest.DeleteType, 0, new NfGenMessage(tuple.Family)), in tuple, id: null);
        var ignore = default(EntryReader);
        Execute("delete a connection", ref ignore);
    }

    private bool Execute(string operation, ref EntryReader reader)
    {
        try
        {
            _connection.Query(operation, ref reader);
            return true;
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENOENT)
        {
            return false;
        }
    }

    private struct EntryReader : IMessageHandler
    {
        public ConntrackEntry Entry { get; private set; }

        public void Restart() => Entry = default;

        public void Handle(scoped in MessageReader message)
        {
            if (message.Header.Type == ConntrackEntry.MessageType)
                Entry = ConntrackEntry.Read(in message);
        }
    }
}
