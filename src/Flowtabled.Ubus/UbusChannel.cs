using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Ubus.Native;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Flowtabled.Ubus;

/// <summary>The stream to ubusd: whole messages in, and out a queue that has a limit. Nothing waits.</summary>
internal sealed unsafe class UbusChannel : IDisposable
{
    // Two messages of the largest size and what belongs to them: who leaves more lying does not read.
    public const int MaxQueue = 2 * (UbusMessage.MaxLength + 4096);

    private const int ReadSize = 16 * 1024;

    private readonly BlobBuffer _out = new();
    private int _descriptor;
    private byte[] _in = new byte[ReadSize];
    private int _start;
    private int _end;

    private UbusChannel(int descriptor) => _descriptor = descriptor;

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Whether something waits to be sent.</summary>
    public bool IsBehind => _out.Length > 0;

    /// <summary>Connects to the first of these sockets that takes us; null when none does.</summary>
    public static UbusChannel? TryConnect(ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (Connect(path) is { } channel)
                return channel;
        }

        return null;
    }

    /// <summary>Reads what has come, at most a buffer full.</summary>
    /// <exception cref="UbusException">ubusd has gone.</exception>
    public void Fill()
    {
        MakeRoom();
        fixed (byte* to = &_in[_end])
        {
            long count = read(_descriptor, to, _in.Length - _end);
            if (count == 0)
                throw new UbusException("read", UbusStatus.ConnectionFailed, "ubusd closed the connection");
            if (count < 0 && errno != EAGAIN && errno != EINTR)
                throw Failed("read");
            _end += (int)Math.Max(0, count);
        }
    }

    /// <summary>The next whole message; false when there is none. Its bytes are valid until the next <see cref="Fill"/>.</summary>
    /// <exception cref="UbusFormatException">What has come is none.</exception>
    public bool Take(out ReadOnlySpan<byte> frame)
    {
        var waiting = _in.AsSpan(_start, _end - _start);
        if (UbusMessage.FrameLength(waiting) is not { } length || length > waiting.Length)
        {
            frame = default;
            return false;
        }

        frame = waiting[..length];
        _start += length;
        return true;
    }

    /// <summary>Sends a message, now or when there is room.</summary>
    /// <exception cref="UbusException">ubusd has gone, or has read nothing for so long that the queue is full.</exception>
    public void Send(ReadOnlySpan<byte> frame)
    {
        if (_out.Length + frame.Length > MaxQueue)
            throw new UbusException("send", UbusStatus.ConnectionFailed, $"ubusd does not read: {_out.Length} bytes wait to be sent");
        _out.Append(frame);
        Flush();
    }

    /// <summary>Sends what waits, as far as there is room.</summary>
    /// <exception cref="UbusException">ubusd has gone.</exception>
    public void Flush()
    {
        if (_out.Length == 0)
            return;
        fixed (byte* bytes = _out.Written)
        {
            long sent = send(_descriptor, bytes, _out.Length, MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN && errno != EINTR)
                throw Failed("send");
            if (sent > 0)
                _out.Remove((int)sent);
        }
    }

    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
            _ = close(descriptor);
    }

    private static UbusChannel? Connect(string path)
    {
        var address = new SockaddrUn { Family = (ushort)(int)AF_UNIX };
        var bytes = new Span<byte>(address.Path, SockaddrUn.PathSize - 1);
        if (!Encoding.UTF8.TryGetBytes(path, bytes, out _))
            return null;
        var descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return null;
        if (connect(descriptor, (sockaddr*)&address, sizeof(SockaddrUn)) == 0)
            return new UbusChannel(descriptor);
        _ = close(descriptor);
        return null;
    }

    // What is left of a message moves to the front, and a long one gets a buffer of its size, for as long as it takes.
    private void MakeRoom()
    {
        var waiting = _in.AsSpan(_start, _end - _start);
        var need = UbusMessage.FrameLength(waiting) is { } length ? Math.Max(length, ReadSize) : ReadSize;
        if (need != _in.Length)
        {
            var larger = new byte[need];
            waiting.CopyTo(larger);
            _in = larger;
        }
        else
        {
            waiting.CopyTo(_in);
        }

        _end -= _start;
        _start = 0;
    }

    private static UbusException Failed(string call) => new(call, UbusStatus.ConnectionFailed, Marshal.GetPInvokeErrorMessage(errno));
}
