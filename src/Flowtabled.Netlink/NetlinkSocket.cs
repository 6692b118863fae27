using System.Runtime.InteropServices;
using Flowtabled.Netlink.Native;
using Flowtabled.Netlink.Uapi;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Flowtabled.Netlink;

/// <summary>Sees each datagram that a socket sends or receives.</summary>
/// <param name="sent">True for ours, false for the kernel's.</param>
/// <param name="datagram">Its bytes, valid during the call.</param>
public delegate void NetlinkTrace(bool sent, ReadOnlySpan<byte> datagram);

/// <summary>
/// A netlink socket, bound, with extended acks on where the kernel has them. Buffers are forced beyond the system's limit with
/// CAP_NET_ADMIN and otherwise as large as that limit allows.
/// </summary>
public sealed unsafe class NetlinkSocket : INetlinkChannel
{
    /// <summary>A receive buffer of this size takes every datagram: the kernel fills no dump's part beyond 32 KiB.</summary>
    public const int DatagramSize = 32 * 1024;

    /// <summary>Bytes the kernel may queue for us where nothing else is said.</summary>
    internal const int ReceiveBuffer = 1 << 20;

    private readonly NetlinkSocketHandle _handle;
    private readonly string _name;
    private int _sendBuffer = 64 * 1024; // Every socket begins with more; with how much more differs by machine (net.core.wmem_default).

    /// <param name="protocol">NETLINK_ROUTE, NETLINK_NETFILTER, NETLINK_GENERIC.</param>
    /// <param name="receiveBuffer">Bytes the kernel may queue for us.</param>
    /// <exception cref="NetlinkException">No such protocol in this kernel (EPROTONOSUPPORT), no descriptor left.</exception>
    public NetlinkSocket(int protocol, int receiveBuffer = ReceiveBuffer)
    {
        _name = protocol switch
        {
            NetlinkUapi.NETLINK_ROUTE => "rtnetlink",
            NetlinkUapi.NETLINK_NETFILTER => "nfnetlink",
            NetlinkUapi.NETLINK_GENERIC => "genetlink",
            _ => $"netlink protocol {protocol}",
        };
        var fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (fd < 0)
            throw Failed("socket");
        _handle = new NetlinkSocketHandle(fd);
        try
        {
            var address = new SockaddrNl { Family = (ushort)(int)AF_NETLINK };
            if (bind(fd, (sockaddr*)&address, sizeof(SockaddrNl)) != 0)
                throw Failed("bind");
            socklen_t size = sizeof(SockaddrNl);
            if (getsockname(fd, (sockaddr*)&address, &size) != 0)
                throw Failed("getsockname");
            Port = address.Port;

            TrySetOption(SOL_NETLINK, NetlinkUapi.NETLINK_EXT_ACK, 1); // since 4.12
            TrySetOption(SOL_NETLINK, NetlinkUapi.NETLINK_CAP_ACK, 1); // since 4.3
            if (!TrySetOption(SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer))
                TrySetOption(SOL_SOCKET, SO_RCVBUF, receiveBuffer);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public uint Port { get; }

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Called with each datagram, or null.</summary>
    public NetlinkTrace? Trace { get; set; }

    /// <summary>Joins a multicast group (NFNLGRP_*, RTNLGRP_*).</summary>
    /// <exception cref="NetlinkException">
    /// EPERM without CAP_NET_ADMIN where the protocol asks for it; EINVAL for a group it lacks.
    /// </exception>
    public void Join(int group)
    {
        if (!TrySetOption(SOL_NETLINK, NetlinkUapi.NETLINK_ADD_MEMBERSHIP, group))
            throw Failed($"join group {group}");
    }

    /// <summary>Leaves a multicast group.</summary>
    /// <exception cref="NetlinkException">EINVAL for a group that the protocol lacks.</exception>
    public void Leave(int group)
    {
        if (!TrySetOption(SOL_NETLINK, NetlinkUapi.NETLINK_DROP_MEMBERSHIP, group))
            throw Failed($"leave group {group}");
    }

    /// <summary>Asks rtnetlink to check requests strictly, which lets it filter dumps (since 4.20); older kernels ignore filters.</summary>
    public bool TryUseStrictChecking() => TrySetOption(SOL_NETLINK, NetlinkUapi.NETLINK_GET_STRICT_CHK, 1);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        Trace?.Invoke(true, datagram);
        GrowSendBuffer(datagram.Length);
        fixed (byte* bytes = datagram)
        {
            var kernel = new SockaddrNl { Family = (ushort)(int)AF_NETLINK };
            long sent;
            do
                sent = sendto(Descriptor, bytes, datagram.Length, 0, (sockaddr*)&kernel, sizeof(SockaddrNl));
            while (sent < 0 && errno == EINTR);
            if (sent < 0)
                throw Failed($"send {datagram.Length} bytes");
        }
    }

    /// <inheritdoc/>
    public ReceiveStatus Receive(Span<byte> buffer, int timeout, out int length)
    {
        length = 0;
        long? deadline = null; // The answer is mostly there already: ask for the time only when it is not.
        while (true)
        {
            var received = TryReceive(buffer, out var sender, out var truncated);
            if (received >= 0)
            {
                if (sender != 0)
                    continue; // Any process may send to our port; only the kernel's word counts.
                if (truncated)
                    throw new NetlinkException($"{_name}: receive", Errno.EMSGSIZE);
                length = received;
                Trace?.Invoke(false, buffer[..received]);
                return ReceiveStatus.Datagram;
            }

            var error = errno;
            if (error == ENOBUFS)
                return ReceiveStatus.Overrun;
            if (error != EAGAIN && error != EINTR)
                throw Failed("receive");
            if (error == EAGAIN && (timeout == 0 || !WaitUntil(deadline ??= Environment.TickCount64 + timeout)))
                return ReceiveStatus.Empty;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private int TryReceive(Span<byte> buffer, out uint sender, out bool truncated)
    {
        fixed (byte* bytes = buffer)
        {
            var address = default(SockaddrNl);
            var vector = new iovec { iov_base = bytes, iov_len = buffer.Length };
            var message = new msghdr { msg_name = &address, msg_namelen = sizeof(SockaddrNl), msg_iov = &vector, msg_iovlen = 1 };
            long received = recvmsg(Descriptor, &message, MSG_DONTWAIT);
            sender = address.Port;
            truncated = (message.msg_flags & MSG_TRUNC) != 0;
            return (int)received;
        }
    }

    private bool WaitUntil(long deadline)
    {
        var left = deadline - Environment.TickCount64;
        if (left <= 0)
            return false;
        var wait = new pollfd { fd = Descriptor, events = POLLIN };
        // An interrupted poll is not told from a timeout here: the caller's next receive and the deadline decide.
        _ = poll(&wait, 1, (int)Math.Min(left, int.MaxValue));
        return true;
    }

    // netlink_sendmsg refuses what exceeds the send buffer less 32 bytes with EMSGSIZE; large batches need room.
    private void GrowSendBuffer(int size)
    {
        var need = size + 4096;
        if (need <= _sendBuffer)
            return;
        if (!TrySetOption(SOL_SOCKET, SO_SNDBUFFORCE, need))
            TrySetOption(SOL_SOCKET, SO_SNDBUF, need);
        _sendBuffer = need;
    }

    private bool TrySetOption(int level, int option, int value) =>
        setsockopt(Descriptor, level, option, &value, sizeof(int)) == 0;

    private NetlinkException Failed(string call) => new($"{_name}: {call}", Marshal.GetLastPInvokeError());
}
