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
