using System.Runtime.InteropServices;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

/// <summary>A kernel that answers each request with what was prepared for it, under the request's sequence number and our port.</summary>
internal sealed class ScriptedChannel : INetlinkChannel
{
    private readonly Queue<byte[][]> _scripts = new();
    private readonly Queue<byte[]?> _pending = new();

    public uint Port => 4711;

    /// <summary>What was sent.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>The type of every message sent.</summary>
    public IEnumerable<ushort> SentTypes => Sent.SelectMany(datagram => Recording.Split(datagram)).Select(m => MemoryMarshal.Read<ushort>(m.AsSpan(4)));

    /// <summary>An overrun instead of a datagram.</summary>
    public static byte[] Overrun => [];

    /// <summary>The datagrams that answer the next request that has no answer yet.</summary>
    public ScriptedChannel Answer(params byte[][] datagrams)
    {
        _scripts.Enqueue(datagrams);
        return this;
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        Sent.Add(datagram.ToArray());
        if (!_scripts.TryDequeue(out var answers))
            return;
        var request = MemoryMarshal.Read<NetlinkHeader>(datagram);
        foreach (var answer in answers)
            _pending.Enqueue(Address(answer, request.Sequence));
    }

    public ReceiveStatus Receive(Span<byte> buffer, int timeout, out int length)
    {
        length = 0;
        if (!_pending.TryDequeue(out var datagram))
            return ReceiveStatus.Empty;
        if (datagram is { Length: 0 })
            return ReceiveStatus.Overrun;
        datagram.CopyTo(buffer);
        length = datagram!.Length;
        return ReceiveStatus.Datagram;
    }

    public void Dispose()
    {
    }

    private byte[] Address(byte[] answer, uint sequence)
    {
        var addressed = answer.ToArray();
        for (var start = 0; start < addressed.Length;)
        {
            var header = MemoryMarshal.Read<NetlinkHeader>(addressed.AsSpan(start));
            MemoryMarshal.Write(
                addressed.AsSpan(start),
                new NetlinkHeader(header.Length, header.Type, header.Flags, sequence, Port));
            start += NetlinkHeader.Align((int)header.Length);
        }

        return addressed;
    }
}
