using System.Runtime.InteropServices;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

/// <summary>
/// A kernel that answers from a script: each datagram that is sent takes the next entry; its answers are then received one by one.
/// </summary>
internal sealed class ScriptedChannel(params ScriptedChannel.Script[] script) : INetlinkChannel
{
    private readonly Queue<Script> _script = new(script);
    private readonly Queue<Received> _received = [];

    /// <summary>What the kernel answers to a datagram.</summary>
    /// <param name="request">Its messages.</param>
    public delegate IEnumerable<Received> Script(IReadOnlyList<byte[]> request);

    /// <summary>A datagram, or a loss in its place.</summary>
    public readonly record struct Received(ReceiveStatus Status, byte[] Datagram)
    {
        public static Received Lost => new(ReceiveStatus.Overrun, []);

        public static implicit operator Received(byte[] datagram) =>
            datagram.Length == 0 ? Lost : new Received(ReceiveStatus.Datagram, datagram);
    }

    /// <summary>An overrun instead of a datagram.</summary>
    public static byte[] Overrun => [];

    /// <summary>What answers when the script is at its end: nothing, unless said otherwise.</summary>
    public Script Otherwise { get; init; } = static _ => [];

    public uint Port => KernelMessage.Port;

    /// <summary>What was sent.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>The type of every message sent.</summary>
    public IEnumerable<ushort> SentTypes =>
        Sent.SelectMany(datagram => Recording.Split(datagram)).Select(message => MemoryMarshal.Read<ushort>(message.AsSpan(4)));

    /// <summary>Timeouts of the receives that found nothing.</summary>
    public List<int> Waits { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>Datagrams that answer the next request that has no answer yet, under its sequence number and our port.</summary>
    public ScriptedChannel Answer(params byte[][] datagrams)
    {
        _script.Enqueue(request => datagrams.Select(datagram => (Received)KernelMessage.Readdressed(datagram, SequenceOf(request[0]))));
        return this;
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        Sent.Add(datagram.ToArray());
        var answer = _script.TryDequeue(out var next) ? next : Otherwise;
        foreach (var received in answer(Recording.Split(datagram)))
            _received.Enqueue(received);
    }

    public ReceiveStatus Receive(Span<byte> buffer, int timeout, out int length)
    {
        length = 0;
        if (!_received.TryDequeue(out var received))
        {
            Waits.Add(timeout);
            return ReceiveStatus.Empty;
        }

        received.Datagram.CopyTo(buffer);
        length = received.Datagram.Length;
        return received.Status;
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>The sequence number of a message that was sent.</summary>
    public static uint SequenceOf(ReadOnlySpan<byte> message) => MemoryMarshal.Read<NetlinkHeader>(message).Sequence;
}
