namespace Flowtabled.Netlink;

/// <summary>Multicast messages of the kernel, read when poll says that some are there. Its socket sends nothing.</summary>
public sealed class NetlinkSubscription : IDisposable
{
    // Bounds one call: a storm of events must not keep the caller from its other work.
    private const int DatagramsACall = 256;

    private readonly NetlinkSocket _socket;
    private readonly byte[] _buffer = new byte[NetlinkSocket.DatagramSize];

    /// <param name="protocol">NETLINK_ROUTE or NETLINK_NETFILTER.</param>
    /// <param name="groups">Multicast groups to join.</param>
    /// <exception cref="NetlinkException">A group cannot be joined.</exception>
    public NetlinkSubscription(int protocol, params ReadOnlySpan<int> groups) : this(protocol, groups, NetlinkSocket.ReceiveBuffer)
    {
    }

    /// <param name="protocol">NETLINK_ROUTE or NETLINK_NETFILTER.</param>
    /// <param name="groups">Multicast groups to join.</param>
    /// <param name="receiveBuffer">Bytes the kernel may queue.</param>
    /// <exception cref="NetlinkException">A group cannot be joined.</exception>
    public NetlinkSubscription(int protocol, ReadOnlySpan<int> groups, int receiveBuffer)
    {
        _socket = new NetlinkSocket(protocol, receiveBuffer);
        try
        {
            foreach (var group in groups)
                _socket.Join(group);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _socket.Descriptor;

    /// <summary>Called with each datagram, or null.</summary>
    public NetlinkTrace? Trace
    {
        get => _socket.Trace;
        set => _socket.Trace = value;
    }

    /// <summary>Joins another multicast group.</summary>
    /// <exception cref="NetlinkException">It cannot be joined.</exception>
    public void Join(int group) => _socket.Join(group);

    /// <summary>Leaves a multicast group; what it has sent by now is read still.</summary>
    /// <exception cref="NetlinkException">It cannot be left.</exception>
    public void Leave(int group) => _socket.Leave(group);

    /// <summary>
    /// Hands what is queued to <paramref name="handler"/>, without waiting. False when messages were lost: the handler's
    /// <see cref="IMessageHandler.Restart"/> was called and what it knows must be read again.
    /// </summary>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">A message is malformed.</exception>
    public bool Read<THandler>(ref THandler handler) where THandler : IMessageHandler, allows ref struct =>
        Read(_socket, _buffer, ref handler);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>The same, of what any channel has queued.</summary>
    internal static bool Read<THandler>(INetlinkChannel channel, Span<byte> buffer, ref THandler handler)
        where THandler : IMessageHandler, allows ref struct
    {
        var complete = true;
        for (var i = 0; i < DatagramsACall; i++)
        {
            switch (channel.Receive(buffer, 0, out var length))
            {
                case ReceiveStatus.Empty:
                    return complete;
                case ReceiveStatus.Overrun:
                    complete = false;
                    handler.Restart();
                    continue;
            }

            var reader = new MessageReader(buffer[..length]);
            while (reader.Read())
                handler.Handle(in reader);
        }

        return complete;
    }
}
