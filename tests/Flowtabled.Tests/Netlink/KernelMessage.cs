using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Netlink;

/// <summary>Messages as the kernel makes them (net/netlink/af_netlink.c: netlink_ack, netlink_dump_done).</summary>
internal static class KernelMessage
{
    public const uint Port = 4711;

    /// <summary>A message of some type in answer to a request.</summary>
    public static byte[] Data(ReadOnlySpan<byte> request, ushort type, int flags, params ReadOnlySpan<byte> payload) =>
        Frame(type, flags, Sequence(request), Port, payload);

    /// <summary>NLMSG_ERROR; an errno of 0 is an ack. Without <paramref name="capped"/> the request follows in full.</summary>
    public static byte[] Error(ReadOnlySpan<byte> request, int errno, bool capped = true, string? text = null, int? offset = null)
    {
        var payload = new List<byte>();
        payload.AddRange(Bytes(-errno));
        // An ack without an error has the request's header alone.
        var isCapped = capped || errno == 0;
        payload.AddRange(isCapped ? request[..NetlinkHeader.Size] : request);
        var attributes = Attributes(text, offset);
        payload.AddRange(attributes);
        var flags = (isCapped ? NetlinkUapi.NLM_F_CAPPED : 0) | (attributes.Length > 0 ? NetlinkUapi.NLM_F_ACK_TLVS : 0);
        return Frame(NetlinkUapi.NLMSG_ERROR, flags, Sequence(request), Port, [.. payload]);
    }

    /// <summary>NLMSG_DONE with the dump's result.</summary>
    public static byte[] Done(ReadOnlySpan<byte> request, int errno = 0, int flags = 0, string? text = null, int? offset = null)
    {
        var attributes = Attributes(text, offset);
        var all = NetlinkUapi.NLM_F_MULTI | flags | (attributes.Length > 0 ? NetlinkUapi.NLM_F_ACK_TLVS : 0);
        return Frame(NetlinkUapi.NLMSG_DONE, all, Sequence(request), Port, [.. Bytes(-errno), .. attributes]);
    }

    /// <summary>Messages in one datagram.</summary>
    public static byte[] Together(params byte[][] messages) => [.. messages.SelectMany(message => message)];

    public static byte[] Frame(ushort type, int flags, uint sequence, uint port, ReadOnlySpan<byte> payload)
    {
        var header = new NetlinkHeader((uint)(NetlinkHeader.Size + payload.Length), type, (ushort)flags, sequence, port);
        return [.. MemoryMarshal.AsBytes(new ReadOnlySpan<NetlinkHeader>(in header)), .. payload];
    }

    /// <summary>Messages of a datagram as they would answer a request of this number.</summary>
    public static byte[] Readdressed(byte[] datagram, uint sequence)
    {
        byte[] addressed = [.. datagram];
        for (var start = 0; start < addressed.Length;)
        {
            var header = MemoryMarshal.Read<NetlinkHeader>(addressed.AsSpan(start));
            MemoryMarshal.Write(addressed.AsSpan(start), new NetlinkHeader(header.Length, header.Type, header.Flags, sequence, Port));
            start += NetlinkHeader.Align((int)header.Length);
        }

        return addressed;
    }

    private static uint Sequence(ReadOnlySpan<byte> request) => MemoryMarshal.Read<NetlinkHeader>(request).Sequence;

    private static byte[] Attributes(string? text, int? offset)
    {
        var buffer = new MessageBuffer();
        var writer = new MessageWriter(buffer);
        if (text is not null)
            writer.WriteString(NetlinkUapi.NLMSGERR_ATTR_MSG, text);
        if (offset is { } at)
            writer.WriteUInt32(NetlinkUapi.NLMSGERR_ATTR_OFFS, (uint)at);
        return buffer.Written.ToArray();
    }

    private static byte[] Bytes(int value) => BitConverter.GetBytes(value);
}
