using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>
/// Reads and changes the nftables ruleset of the socket's network namespace. Tables with <see cref="NftTableFlags.Owner"/> belong to its
/// socket: keep it open as long as they are wanted. Needs CAP_NET_ADMIN. Not for use by two threads at once.
/// </summary>
public sealed partial class NftClient(INetlinkChannel channel) : IDisposable
{
    private readonly NetlinkConnection _connection = new(channel);
    private readonly MessageBuffer _datagram = new();
    private readonly byte[] _answer = new byte[NetlinkSocket.DatagramSize];

    /// <summary>The port id of the socket: the owner of its tables, the sender of its changes in notifications.</summary>
    public uint Port => channel.Port;

    /// <summary>
    /// Applies a batch: all of it, or nothing. An empty one is not sent.
    /// </summary>
    /// <param name="batch">The changes.</param>
    /// <param name="generation">The <see cref="NftGeneration.Id"/> that they were made for; 0 when any will do.</param>
    /// <exception cref="NftBatchException">The kernel refuses.</exception>
    /// <exception cref="NetlinkException">
    /// It was not sent (EMSGSIZE: too large for the socket), or it is not known what came of it (ENOBUFS: answers were lost; ETIMEDOUT:
    /// there was none): read again.
    /// </exception>
    public NftCommitResult Commit(NftBatch batch, uint generation = 0) =>
        batch.IsEmpty ? NftCommitResult.Committed : Send("commit", batch, generation, isComplete: true);

    /// <summary>
    /// Has the kernel check a batch as if to apply it, down to binding devices to hardware and unbinding them, and changes nothing; nobody
    /// is notified.
    /// </summary>
    /// <exception cref="NftBatchException">The kernel would refuse it.</exception>
    /// <exception cref="NetlinkException">As for <see cref="Commit"/>.</exception>
    public void Check(NftBatch batch)
    {
        // Without BATCH_END the kernel goes through the messages, then takes everything back.
        if (!batch.IsEmpty)
            Send("check", batch, generation: 0, isComplete: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private NftCommitResult Send(string verb, NftBatch batch, uint generation, bool isComplete)
    {
        var operation = $"{verb} {batch.Count} nftables changes";
        var begin = _connection.NextSequence(batch.Count + 2);
        _datagram.Clear();
        var writer = new MessageWriter(_datagram);
        WriteFrame(writer, NfNetlink.NFNL_MSG_BATCH_BEGIN, begin, generation);
        batch.CopyTo(_datagram, begin + 1);
        if (isComplete)
            WriteFrame(writer, NfNetlink.NFNL_MSG_BATCH_END, begin + 1 + (uint)batch.Count, generation: 0);
        channel.Send(_datagram.Written);
        return ReadAnswers(operation, batch, begin);
    }

    private static void WriteFrame(MessageWriter writer, int type, uint sequence, uint generation)
    {
        var message = writer.Begin(
            (ushort)type, NetlinkUapi.NLM_F_REQUEST, sequence, new NfGenMessage(0, NfNetlink.NFNL_SUBSYS_NFTABLES));
        if (generation != 0)
            writer.WriteUInt32BigEndian(NfNetlink.NFNL_BATCH_GENID, generation);
        writer.End(message);
    }

    // nfnetlink has answered everything when the send returns. An error of the commit itself stands on BATCH_BEGIN and comes before acks
    // that then mean nothing, so all must be read.
    private NftCommitResult ReadAnswers(string operation, NftBatch batch, uint begin)
    {
        var refusals = new List<NftRefusal>();
        bool isLost = false, isAnswered = false, isMoved = false;
        while (true)
        {
            var status = channel.Receive(_answer, timeout: 0, out var length);
            if (status == ReceiveStatus.Empty)
                break;
            if (status == ReceiveStatus.Overrun)
            {
                isLost = true;
                continue;
            }

            var reader = new MessageReader(_answer.AsSpan(0, length));
            while (reader.Read())
            {
                if (reader.Header.Type != NetlinkUapi.NLMSG_ERROR || reader.Header.Port != channel.Port)
                    continue;
                var ack = ExtendedAck.Read(in reader);
                var index = unchecked(ack.Request.Sequence - begin);
                if (index > batch.Count)
                    continue; // Not ours: an earlier request's.
                if (ack.Errno == 0)
                    isAnswered |= index == batch.Count;
                else if (index > 0)
                    refusals.Add(batch.Refusal((int)index - 1, in ack));
                else if (ack.Errno == Errno.ERESTART)
                    isMoved = true;
                else
                    refusals.Add(new NftRefusal(operation, ack.Errno, ack.Text, null, null));
            }
        }

        if (isMoved)
            return NftCommitResult.GenerationMoved;
        if (refusals.Count > 0)
            throw new NftBatchException(refusals);
        if (isLost || !isAnswered)
            throw new NetlinkException(operation, isLost ? Errno.ENOBUFS : Errno.ETIMEDOUT);
        return NftCommitResult.Committed;
    }
}
