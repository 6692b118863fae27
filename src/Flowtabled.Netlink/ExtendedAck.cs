using System.Runtime.InteropServices;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink;

/// <summary>The kernel's answer to a request: an NLMSG_ERROR message, with the extended ack's attributes where it has them.</summary>
public readonly struct ExtendedAck
{
    private ExtendedAck(int errno, NetlinkHeader request, string? text, int? offset)
    {
        Errno = errno;
        Request = request;
        Text = text;
        Offset = offset;
    }

    /// <summary>0 for an ack, else the positive error number.</summary>
    public int Errno { get; }

    /// <summary>The header of the request that is answered.</summary>
    public NetlinkHeader Request { get; }

    /// <summary>NLMSGERR_ATTR_MSG, or null.</summary>
    public string? Text { get; }

    /// <summary>NLMSGERR_ATTR_OFFS, bytes from the start of the request's header, or null.</summary>
    public int? Offset { get; }

    /// <summary>Reads the current message of <paramref name="reader"/>, of type NLMSG_ERROR.</summary>
    /// <exception cref="NetlinkFormatException">It is malformed.</exception>
    public static ExtendedAck Read(scoped in MessageReader reader)
    {
        var fixedPart = reader.Fixed<ErrorMessage>();
        long size = ErrorMessage.Size;
        if ((reader.Header.Flags & NetlinkUapi.NLM_F_CAPPED) == 0 && fixedPart.Error != 0)
            size += Math.Max(0, (long)fixedPart.Request.Length - NetlinkHeader.Size);
        if ((reader.Header.Flags & NetlinkUapi.NLM_F_ACK_TLVS) == 0)
            return new ExtendedAck(-fixedPart.Error, fixedPart.Request, null, null);

        var (text, offset) = ReadAttributes(reader.Attributes((int)Math.Min(size, int.MaxValue)));
        return new ExtendedAck(-fixedPart.Error, fixedPart.Request, text, offset);
    }

    /// <summary>The attributes after NLMSG_ERROR's or NLMSG_DONE's fixed part.</summary>
    internal static (string? Text, int? Offset) ReadAttributes(AttributeReader attributes)
    {
        string? text = null;
        int? offset = null;
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NetlinkUapi.NLMSGERR_ATTR_MSG:
                    text = attributes.GetString();
                    break;
                case NetlinkUapi.NLMSGERR_ATTR_OFFS:
                    offset = attributes.GetInt32();
                    break;
            }
        }

        return (text, offset);
    }

    /// <summary>struct nlmsgerr (linux/netlink.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct ErrorMessage
    {
        public const int Size = 4 + NetlinkHeader.Size;

        public readonly int Error;
        public readonly NetlinkHeader Request;
    }
}
