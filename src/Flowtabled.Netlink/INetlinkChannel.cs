namespace Flowtabled.Netlink;

/// <summary>How a receive ended.</summary>
public enum ReceiveStatus
{
    /// <summary>A datagram from the kernel was read.</summary>
    Datagram,

    /// <summary>Nothing came in time.</summary>
    Empty,

    /// <summary>The kernel dropped messages for want of room (ENOBUFS): what was known is out of date.</summary>
    Overrun,
}

/// <summary>Datagrams to and from the kernel: a socket, or a recording.</summary>
public interface INetlinkChannel : IDisposable
{
    /// <summary>Our port id, as the kernel names us in its answers.</summary>
    uint Port { get; }

    /// <summary>Sends one datagram.</summary>
    /// <exception cref="NetlinkException">The kernel does not take it: EMSGSIZE, ENOBUFS, ...</exception>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Receives one datagram of the kernel's; those of other senders are dropped.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="timeout">Milliseconds to wait for it; 0 looks only.</param>
    /// <param name="length">Bytes received.</param>
    /// <exception cref="NetlinkException">It does not fit (EMSGSIZE), or the socket failed.</exception>
    ReceiveStatus Receive(Span<byte> buffer, int timeout, out int length);
}
