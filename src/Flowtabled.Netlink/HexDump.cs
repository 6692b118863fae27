using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink;

/// <summary>
/// Datagrams as text, word for word as libmnl's mnl_nlmsg_fprintf prints them without its colors, so that a trace can be laid beside that
/// of <c>nft --debug=mnl</c>.
/// </summary>
public static class HexDump
{
    private const string Rule = "----------------\t------------------\n";
    private const int WordSize = 4;

    /// <summary>Lines of a datagram's messages, up to the first that is cut.</summary>
    /// <param name="datagram">The messages.</param>
    /// <param name="fixedHeaderSize">
    /// Bytes of the protocol's fixed header: 4 for nfnetlink and genetlink, 16 or 20 for most of rtnetlink.
    /// </param>
    public static string Format(ReadOnlySpan<byte> datagram, int fixedHeaderSize = NfGenMessage.Size)
    {
        var text = new StringBuilder();
        while (datagram.Length >= NetlinkHeader.Size)
        {
            var header = MemoryMarshal.Read<NetlinkHeader>(datagram);
            if (header.Length < NetlinkHeader.Size || header.Length > datagram.Length)
                break;
            var length = (int)header.Length;
            AppendHeader(text, in header);
            AppendPayload(text, datagram[NetlinkHeader.Size..length], header.Type, fixedHeaderSize);
            datagram = datagram[Math.Min(NetlinkHeader.Align(length), datagram.Length)..];
        }

        return text.ToString();
    }

    private static void AppendHeader(StringBuilder text, in NetlinkHeader header)
    {
        var r = (header.Flags & NetlinkUapi.NLM_F_REQUEST) != 0 ? 'R' : '-';
        var m = (header.Flags & NetlinkUapi.NLM_F_MULTI) != 0 ? 'M' : '-';
        var a = (header.Flags & NetlinkUapi.NLM_F_ACK) != 0 ? 'A' : '-';
        var e = (header.Flags & NetlinkUapi.NLM_F_ECHO) != 0 ? 'E' : '-';
        text.Append(Rule);
        text.Append(CultureInfo.InvariantCulture, $"|  {header.Length:d10}  |\t| message length |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {header.Type:d5} | {r}{m}{a}{e} |\t|  type | flags  |\n");
        text.Append(CultureInfo.InvariantCulture, $"|  {header.Sequence:d10}  |\t| sequence number|\n");
        text.Append(CultureInfo.InvariantCulture, $"|  {header.Port:d10}  |\t|     port ID    |\n");
        text.Append(Rule);
    }

    // Words are taken one by one; where no value is due, one whose second half is not 0 must be an attribute's header.
    private static void AppendPayload(StringBuilder text, ReadOnlySpan<byte> payload, ushort type, int fixedHeaderSize)
    {
        Span<byte> word = stackalloc byte[WordSize];
        var valueLeft = 0;
        for (var i = 0; i < payload.Length; i += WordSize)
        {
            word.Clear();
            payload[i..Math.Min(i + WordSize, payload.Length)].CopyTo(word);
            var attribute = MemoryMarshal.Read<ushort>(word[2..]);
            if (type < NetlinkUapi.NLMSG_MIN_TYPE)
            {
                AppendWord(text, word, "                ");
            }
            else if (i < fixedHeaderSize)
            {
                AppendWord(text, word, "  extra header  ");
            }
            else if (valueLeft > 0)
            {
                valueLeft -= WordSize;
                AppendWord(text, word, "      data      ", showChars: true);
            }
            else if (valueLeft == 0 && (attribute & NetlinkUapi.NLA_TYPE_MASK) != 0)
            {
                var length = MemoryMarshal.Read<ushort>(word);
                AppendAttribute(text, length, attribute);
                if ((attribute & NetlinkUapi.NLA_F_NESTED) == 0)
                    valueLeft = NetlinkHeader.Align(length) - WordSize;
            }
        }

        text.Append(Rule);
    }

    private static void AppendAttribute(StringBuilder text, ushort length, ushort attribute)
    {
        var n = (attribute & NetlinkUapi.NLA_F_NESTED) != 0 ? 'N' : '-';
        var b = (attribute & NetlinkUapi.NLA_F_NET_BYTEORDER) != 0 ? 'B' : '-';
        var type = attribute & NetlinkUapi.NLA_TYPE_MASK;
        text.Append(CultureInfo.InvariantCulture, $"|{length:d5}|{n}{b}|{type:d5}|\t|len |flags| type|\n");
    }

    private static void AppendWord(StringBuilder text, ReadOnlySpan<byte> word, string what, bool showChars = false)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {word[0]:x2} {word[1]:x2} {word[2]:x2} {word[3]:x2}  |\t|{what}|");
        if (showChars)
        {
            text.Append('\t');
            foreach (var value in word)
                text.Append(' ').Append(value is >= 0x20 and < 0x7f ? (char)value : ' ');
        }

        text.Append('\n');
    }
}
