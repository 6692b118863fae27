using System.Runtime.InteropServices;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>
/// Changes that take effect together or not at all. Each method adds a message, or a few where one cannot hold it all; nothing is sent
/// before <see cref="NftClient.Commit"/> or <see cref="NftClient.Check"/>, and the batch may be sent again. Not for use by two threads at
/// once.
/// </summary>
public sealed partial class NftBatch
{
    private readonly MessageBuffer _buffer = new();
    private readonly List<Change> _changes = [];
    private readonly NftSetIds _sets = new();

    /// <summary>Number of messages.</summary>
    public int Count => _changes.Count;

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>What each message asks, in order: "add table inet flowtabled".</summary>
    public IEnumerable<string> Operations => _changes.Select(static change => change.Operation);

    /// <summary>Forgets everything; keeps the memory.</summary>
    public void Clear()
    {
        _buffer.Clear();
        _changes.Clear();
        _sets.Clear();
    }

    /// <summary>The messages without what frames a batch, sequence numbers 0.</summary>
    internal ReadOnlySpan<byte> Messages => _buffer.Written;

    /// <summary>
    /// Copies the messages to <paramref name="datagram"/>, numbers them from <paramref name="sequence"/> on and asks for an ack
    /// of the last.
    /// </summary>
    internal void CopyTo(MessageBuffer datagram, uint sequence)
    {
        // Of struct nlmsghdr, flags stand at 6 and the sequence number at 8.
        var start = datagram.Length;
        datagram.Append(_buffer.Written);
        foreach (var change in _changes)
            MemoryMarshal.Write(datagram.At(start + change.Start + 8, sizeof(uint)), sequence++);
        var flags = datagram.At(start + _changes[^1].Start + 6, sizeof(ushort));
        MemoryMarshal.Write(flags, (ushort)(MemoryMarshal.Read<ushort>(flags) | NetlinkUapi.NLM_F_ACK));
    }

    /// <summary>What the kernel means by refusing the message at <paramref name="index"/>.</summary>
    internal NftRefusal Refusal(int index, in ExtendedAck ack)
    {
        var change = _changes[index];
        var place = ack.Offset is { } offset ? _buffer.PlaceAt(change.Start + offset) : null;
        return new NftRefusal(change.Operation, ack.Errno, ack.Text, ack.Offset, place);
    }

    private MessageWriter Begin(int message, int flags, NftFamily family, string operation, out MessageWriter.Message begun)
    {
        _changes.Add(new Change(_buffer.Length, operation));
        var writer = new MessageWriter(_buffer);
        begun = writer.Begin(
            NftMessage.Type(message), (ushort)(NetlinkUapi.NLM_F_REQUEST | flags), 0, new NfGenMessage((byte)family));
        return writer;
    }

    /// <summary>Flags of a message that makes something: with EXCL it fails with EEXIST where that is there already.</summary>
    private static int Create(bool exclusive) => NetlinkUapi.NLM_F_CREATE | Exclusive(exclusive);

    private static int Exclusive(bool exclusive) => exclusive ? NetlinkUapi.NLM_F_EXCL : 0;

    private readonly record struct Change(int Start, string Operation);
}
