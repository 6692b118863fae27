using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Pairs of messages, one that deletes an entry and one that makes it anew, which go out in one datagram; and the answers to each.</summary>
internal sealed class RehomingBatch(INetlinkChannel channel, NetlinkConnection connection)
{
    /// <summary>
    /// Bytes of a full datagram, but for its last pair: some 350 connections. That is below the send buffer that every socket begins with
    /// (net.core.wmem_default), and the answers fit into the receive buffer.
    /// </summary>
    private const int FullSize = 128 * 1024;

    private const int Unanswered = -1;

    private readonly MessageBuffer _datagram = new();
    private readonly List<Rehoming> _connections = [];
    private readonly List<int> _answers = [];
    private readonly byte[] _received = new byte[NetlinkSocket.DatagramSize];
    private uint _first;

    public int Count => _connections.Count;

    public bool IsFull => _datagram.Length >= FullSize;

    public Rehoming this[int index] => _connections[index];

    /// <summary>With what the delete of a pair was refused, or 0.</summary>
    public int DeleteErrno(int index) => _answers[2 * index];

    /// <summary>With what the creation of a pair was refused, or 0.</summary>
    public int CreateErrno(int index) => _answers[2 * index + 1];

    /// <summary>Begins a datagram of so many pairs at most.</summary>
    public void Begin(int count)
    {
        _datagram.Clear();
        _connections.Clear();
        _answers.Clear();
        _first = connection.NextSequence(2 * count);
    }

    /// <summary>Adds a pair.</summary>
    /// <param name="rehoming">What is made.</param>
    /// <param name="tuple">What finds the entry that is deleted.</param>
    /// <param name="id">The id of that entry.</param>
    /// <param name="timeouts">Of connections that were in a flowtable.</param>
    public void Add(Rehoming rehoming, in ConntrackTuple tuple, uint id, ConntrackTimeouts timeouts)
    {
        var writer = new MessageWriter(_datagram);
        var sequence = _first + 2 * (uint)_connections.Count;
        ConntrackRequest.WriteDelete(writer, sequence, in tuple, id);
        ConntrackRequest.WriteCreate(writer, sequence + 1, rehoming, timeouts);
        _connections.Add(rehoming);
        _answers.Add(0); // A delete that is not refused is not answered.
        _answers.Add(Unanswered);
        rehoming.Attempts++;
    }

    /// <summary>Sends the pairs and reads what came of each.</summary>
    /// <exception cref="NetlinkException">That is not known of all: none was allowed (EPERM), answers were lost (ENOBUFS) or missing (ETIMEDOUT).</exception>
    public void Send(string operation)
    {
        if (Count == 0)
            return;
        channel.Send(_datagram.Written);
        var failure = Errno.ETIMEDOUT;
        // nfnetlink has answered everything when the send returns.
        while (channel.Receive(_received, timeout: 0, out var length) is var status and not ReceiveStatus.Empty)
        {
            if (status == ReceiveStatus.Overrun)
                failure = Errno.ENOBUFS;
            else
                ReadAnswers(_received.AsSpan(0, length), ref failure);
        }

        if (_answers.Contains(Unanswered))
            throw new NetlinkException(operation, failure);
    }

    private void ReadAnswers(ReadOnlySpan<byte> datagram, ref int failure)
    {
        var reader = new MessageReader(datagram);
        while (reader.Read())
        {
            if (reader.Header.Type != NetlinkUapi.NLMSG_ERROR || reader.Header.Port != channel.Port)
                continue;
            var ack = ExtendedAck.Read(in reader);
            var index = unchecked(ack.Request.Sequence - _first);
            if (index >= _answers.Count)
                continue; // Not ours: an earlier request's.
            _answers[(int)index] = ack.Errno;
            if (ack.Errno == Errno.EPERM) // The answer to the whole datagram.
                failure = Errno.EPERM;
        }
    }
}
