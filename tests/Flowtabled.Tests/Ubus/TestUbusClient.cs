using System.Net.Sockets;
using Flowtabled.Ubus;
using Tmds.Linux;

namespace Flowtabled.Tests.Ubus;

/// <summary>A client of <see cref="TestUbusd"/>, as that sees it.</summary>
internal sealed class TestUbusClient(Socket socket, uint number) : IDisposable
{
    private readonly byte[] _head = new byte[UbusMessage.HeaderSize + 4];

    public uint Number => number;

    /// <summary>Whether nothing is read from it.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Waits for a message; null when the client has gone.</summary>
    /// <exception cref="UbusFormatException">What it sends is none.</exception>
    public byte[]? Receive()
    {
        try
        {
            if (!Fill(_head))
                return null;
            var frame = new byte[UbusMessage.FrameLength(_head)!.Value];
            _head.CopyTo(frame, 0);
            if (!Fill(frame.AsSpan(_head.Length)))
                return null;
            while (IsDeaf && !HasGone())
                Thread.Sleep(10);
            return frame;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    public void Send(ReadOnlySpan<byte> frame)
    {
        try
        {
            socket.Send(frame);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has gone; its reader notices.
        }
    }

    public void Dispose() => socket.Dispose();

    // Socket.Poll does not tell as long as there is something to read.
    private unsafe bool HasGone()
    {
        var poll = new pollfd { fd = (int)socket.Handle };
        return LibC.poll(&poll, 1, 0) > 0;
    }

    private bool Fill(Span<byte> bytes)
    {
        for (var have = 0; have < bytes.Length;)
        {
            var count = socket.Receive(bytes[have..]);
            if (count == 0)
                return false;
            have += count;
        }

        return true;
    }
}

/// <summary>An object that a client added to <see cref="TestUbusd"/>.</summary>
internal sealed record TestUbusObject(uint Id, string? Path, TestUbusClient Owner, byte[] Signature)
{
    /// <summary>The events that it listens for.</summary>
    public List<string> Patterns { get; } = [];

    /// <summary>Who hears its notifications.</summary>
    public List<TestUbusObject> Subscribers { get; } = [];
}
