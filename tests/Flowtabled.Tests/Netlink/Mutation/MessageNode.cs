using System.Runtime.InteropServices;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink.Mutation;

/// <summary>A message as a tree, to be changed and written again with lengths that fit.</summary>
internal sealed class MessageNode(NetlinkHeader header, byte[] fixedHeader, List<AttributeNode> attributes)
{
    public ushort Type { get; set; } = header.Type;

    public ushort Flags { get; set; } = header.Flags;

    /// <summary>What stands before the attributes: nfgenmsg, ifinfomsg, ...</summary>
    public byte[] FixedHeader { get; set; } = fixedHeader;

    public List<AttributeNode> Attributes { get; } = attributes;

    /// <summary>Every attribute, however deep.</summary>
    public IReadOnlyList<AttributeNode> AllAttributes => [.. Attributes.SelectMany(attribute => attribute.Descend())];

    public byte[] ToArray()
    {
        var body = new List<byte>(FixedHeader);
        foreach (var attribute in Attributes)
            attribute.Write(body);
        return Frame([.. body]);
    }

    /// <summary>The message with another body.</summary>
    public byte[] Frame(ReadOnlySpan<byte> body)
    {
        var frame = new NetlinkHeader((uint)(NetlinkHeader.Size + body.Length), Type, Flags, header.Sequence, header.Port);
        return [.. MemoryMarshal.AsBytes(new ReadOnlySpan<NetlinkHeader>(in frame)), .. body, .. new byte[-body.Length & 3]];
    }

    /// <summary>The messages of a datagram; what follows a fixed header must be attributes.</summary>
    public static List<MessageNode> Parse(ReadOnlySpan<byte> datagram, int fixedHeaderSize)
    {
        var messages = new List<MessageNode>();
        var reader = new MessageReader(datagram);
        while (reader.Read())
        {
            var size = Math.Min(fixedHeaderSize, reader.Payload.Length);
            var attributes = AttributeNode.TryParse(reader.Payload[size..])
                ?? throw new ArgumentException($"message of type {reader.Header.Type} has no attributes after {size} bytes");
            messages.Add(new MessageNode(reader.Header, reader.Payload[..size].ToArray(), attributes));
        }

        return messages;
    }
}
