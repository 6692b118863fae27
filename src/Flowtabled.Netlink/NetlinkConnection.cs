using System.Runtime.InteropServices;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink;

/// <summary>
/// Requests and their answers over one socket, one at a time: begin a message with <see cref="Start"/>, write its attributes, then
/// <see cref="Execute"/>, <see cref="Query"/> or <see cref="Dump"/> it. Not for use by two threads at once.
/// </summary>
public sealed class NetlinkConnection(INetlinkChannel channel) : IDisposable
{
    private const int AnswerTimeout = 10_000;
    private const int DumpAttempts = 20;

    private readonly MessageBuffer _request = new();
    private readonly byte[] _answer = new byte[NetlinkSocket.DatagramSize];
    private uint _sequence;
    private bool _isDumping;

    /// <summary>Our port id: the owner of what we make with NFT_TABLE_F_OWNER, the sender in notifications.</summary>
    public uint Port => channel.Port;

    /// <summary>
    /// The next sequence number, or the first of <paramref name="count"/> in a row; never 0, which the kernel uses for its own messages.
    /// </summary>
    public uint NextSequence(int count = 1)
    {
        if (_sequence > uint.MaxValue - (uint)count)
            _sequence = 0;
        var first = _sequence + 1;
        _sequence += (uint)count;
        return first;
    }

    /// <summary>Begins a request with its fixed header. NLM_F_REQUEST is added.</summary>
    public MessageWriter Start<T>(ushort type, ushort flags, scoped in T fixedHeader) where T : unmanaged
    {
        _request.Clear();
        var writer = new MessageWriter(_request);
        writer.Begin(type, (ushort)(flags | NetlinkUapi.NLM_F_REQUEST), NextSequence(), in fixedHeader);
        return writer;
    }

    /// <summary>Sends the request and waits for its ack.</summary>
    /// <param name="operation">What it asks, for the error message.</param>
    /// <exception cref="NetlinkException">The kernel refuses, or does not answer.</exception>
    public void Execute(string operation)
    {
        var ignore = default(Ignore);
        Query(operation, ref ignore);
    }

    /// <summary>Sends the request, hands each answer to <paramref name="handler"/> and waits for the ack.</summary>
    /// <exception cref="NetlinkException">The kernel refuses, or does not answer.</exception>
    public void Query<THandler>(string operation, ref THandler handler) where THandler : IMessageHandler, allows ref struct
    {
        SendRequest(NetlinkUapi.NLM_F_ACK);
        while (true)
        {
            var reader = new MessageReader(Receive(operation));
            while (reader.Read())
            {
                if (!IsAnswer(reader.Header))
                    continue;
                if (reader.Header.Type == NetlinkUapi.NLMSG_ERROR)
                {
                    Check(operation, ExtendedAck.Read(in reader));
                    return;
                }

                handler.Handle(in reader);
            }
        }
    }

    /// <summary>
    /// Sends the request as a dump and hands each message to <paramref name="handler"/>. A dump that the kernel marks as interrupted by a
    /// change is begun again.
    /// </summary>
    /// <exception cref="NetlinkException">
    /// The kernel refuses, does not answer, or its state changes faster than it can be read (EINTR).
    /// </exception>
    public void Dump<THandler>(string operation, ref THandler handler) where THandler : IMessageHandler, allows ref struct
    {
        for (var attempt = 0; attempt < DumpAttempts; attempt++)
        {
            if (attempt > 0)
            {
                handler.Restart();
                Renumber();
            }

            SendRequest(NetlinkUapi.NLM_F_DUMP);
            _isDumping = true;
            if (ReadDump(operation, ref handler))
                return;
        }

        throw new NetlinkException(operation, Errno.EINTR);
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    private bool ReadDump<THandler>(string operation, ref THandler handler) where THandler : IMessageHandler, allows ref struct
    {
        var consistent = true;
        while (true)
        {
            var reader = new MessageReader(Receive(operation));
            while (reader.Read())
            {
                if (!IsAnswer(reader.Header))
                    continue;
                if ((reader.Header.Flags & NetlinkUapi.NLM_F_DUMP_INTR) != 0)
                    consistent = false;
                switch (reader.Header.Type)
                {
                    case NetlinkUapi.NLMSG_DONE:
                        _isDumping = false;
                        CheckDone(operation, in reader);
                        return consistent;
                    case NetlinkUapi.NLMSG_ERROR:
                        _isDumping = false;
                        Check(operation, ExtendedAck.Read(in reader));
                        return consistent;
                    default:
                        if (consistent)
                            handler.Handle(in reader);
                        break;
                }
            }
        }
    }

    private ReadOnlySpan<byte> Receive(string operation) =>
        channel.Receive(_answer, AnswerTimeout, out var length) switch
        {
            ReceiveStatus.Datagram => _answer.AsSpan(0, length),
            ReceiveStatus.Overrun => throw new NetlinkException(operation, Errno.ENOBUFS),
            _ => throw new NetlinkException(operation, Errno.ETIMEDOUT),
        };

    // The request begins with its nlmsghdr: length at 0, flags at 6, sequence at 8.
    private void SendRequest(int addFlags)
    {
        FinishDump();
        MemoryMarshal.Write(_request.At(0, 4), (uint)_request.Length);
        var flags = _request.At(6, 2);
        MemoryMarshal.Write(flags, (ushort)(MemoryMarshal.Read<ushort>(flags) | addFlags));
        channel.Send(_request.Written);
    }

    // A dump that was left in the middle keeps the kernel from beginning another (EBUSY); reading it drives it to its end.
    private void FinishDump()
    {
        while (_isDumping)
            _isDumping = channel.Receive(_answer, 0, out _) != ReceiveStatus.Empty;
    }

    private void Renumber() => MemoryMarshal.Write(_request.At(8, 4), NextSequence());

    private bool IsAnswer(in NetlinkHeader header) => header.Sequence == _sequence && header.Port == channel.Port;

    private void CheckDone(string operation, scoped in MessageReader reader)
    {
        var payload = reader.Payload;
        if (payload.Length < 4 || MemoryMarshal.Read<int>(payload) is not (< 0 and var error))
            return;
        var (text, offset) = (reader.Header.Flags & NetlinkUapi.NLM_F_ACK_TLVS) != 0
            ? ExtendedAck.ReadAttributes(reader.Attributes(4))
            : (null, null);
        throw Refusal(operation, -error, text, offset);
    }

    private void Check(string operation, in ExtendedAck ack)
    {
        if (ack.Errno != 0)
            throw Refusal(operation, ack.Errno, ack.Text, ack.Offset);
    }

    private NetlinkException Refusal(string operation, int errno, string? text, int? offset) =>
        new(operation, errno, text, offset, offset is { } at ? _request.PlaceAt(at) : null);

    private struct Ignore : IMessageHandler
    {
        public readonly void Restart()
        {
        }

        public readonly void Handle(scoped in MessageReader message)
        {
        }
    }
}
