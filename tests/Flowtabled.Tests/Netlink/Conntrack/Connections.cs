using System.Buffers.Binary;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>Recorded connections, as they are or changed in places.</summary>
internal static class Connections
{
    /// <summary>The connection of a message.</summary>
    public static ConntrackEntry Read(byte[] message)
    {
        var reader = new MessageReader(message);
        Assert.True(reader.Read());
        return ConntrackEntry.Read(in reader);
    }

    /// <summary>All that datagrams hold.</summary>
    public static List<ConntrackEntry> ReadAll(IEnumerable<byte[]> datagrams)
    {
        var entries = new List<ConntrackEntry>();
        foreach (var datagram in datagrams)
        {
            var reader = new MessageReader(datagram);
            while (reader.Read())
                entries.Add(ConntrackEntry.Read(in reader));
        }

        return entries;
    }

    /// <summary>All of a fixture.</summary>
    public static List<ConntrackEntry> Recorded(string fixture) => ReadAll(Recording.Messages(fixture));

    /// <summary>A masqueraded TCP connection, established.</summary>
    public static MessageNode Masqueraded() => MessageNode.Parse(Recording.Messages("ct/insert.hex")[1], NfGenMessage.Size)[0];

    /// <summary>A counted UDP connection from 192.0.2.<paramref name="number"/>, port 40000 + number, under another id.</summary>
    /// <param name="number">From 1 to 255.</param>
    /// <param name="bytes">What it has sent; it has received 1140 bytes.</param>
    /// <param name="start">When it began, in nanoseconds since 1970.</param>
    public static ConntrackEntry Sent(byte number, ulong bytes, ulong start)
    {
        var message = MessageNode.Parse(Recording.Messages("ct/offloaded.hex")[0], NfGenMessage.Size)[0];
        foreach (var attribute in message.AllAttributes.Where(static a => a.Value is [0xc0, 0x00, 0x02, 0x02] or [0x9c, 0x40]).ToArray())
            attribute.Value[^1] += (byte)(number - (attribute.Value.Length == 4 ? 2 : 0));
        message.Attribute(CtNetlink.CTA_ID).Value[^1] = number;
        Write(CtNetlink.CTA_COUNTERS_ORIG, CtNetlink.CTA_COUNTERS_BYTES, bytes);
        Write(CtNetlink.CTA_TIMESTAMP, CtNetlink.CTA_TIMESTAMP_START, start);
        return Read(message.ToArray());

        void Write(int nest, int type, ulong value) =>
            BinaryPrimitives.WriteUInt64BigEndian(message.Attribute(nest).Children!.Single(child => child.Type == type).Value, value);
    }

    public static AttributeNode Attribute(this MessageNode message, int type) =>
        message.Attributes.Single(a => (a.Type & NetlinkUapi.NLA_TYPE_MASK) == type);

    public static MessageNode WithStatus(this MessageNode message, ConntrackStatus status)
    {
        message.Attribute(CtNetlink.CTA_STATUS).Value = [(byte)((uint)status >> 24), (byte)((uint)status >> 16), (byte)((uint)status >> 8), (byte)status];
        return message;
    }

    /// <summary>The same connection from another port, under another id.</summary>
    public static MessageNode WithNumber(this MessageNode message, int number)
    {
        byte[] port = [(byte)(number >> 8), (byte)number];
        var ports = message.AllAttributes.Where(a => a.Value is [0x07, 0xd0] or [0xc7, 0x38]); // 2000, translated to 51000
        foreach (var attribute in ports.ToArray())
            attribute.Value = port;
        message.Attribute(CtNetlink.CTA_ID).Value = [0, 0, .. port];
        return message;
    }

    public static Rehoming ToRehoming(this MessageNode message)
    {
        var entry = Read(message.ToArray());
        return new Rehoming(in entry);
    }
}
