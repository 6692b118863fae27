using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Uapi;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Logging;

/// <summary>Logs each datagram to and from the kernel at level trace, a log line for each line of its <see cref="HexDump"/>.</summary>
internal static class DatagramTrace
{
    private const int TypeOffset = 4; // nlmsghdr.nlmsg_type
    private const int IfInfoSize = 16; // struct ifinfomsg, linux/rtnetlink.h
    private const int TcSize = 20; // struct tcmsg, linux/rtnetlink.h

    /// <summary>For sockets of nfnetlink.</summary>
    public static NetlinkTrace Nfnetlink(ILogger logger) => (sent, datagram) => Write(logger, sent, datagram, NfGenMessage.Size);

    /// <summary>For sockets of rtnetlink.</summary>
    public static NetlinkTrace Rtnetlink(ILogger logger) => (sent, datagram) => Write(logger, sent, datagram, RouteHeaderSize(datagram));

    private static void Write(ILogger logger, bool sent, ReadOnlySpan<byte> datagram, int fixedHeaderSize)
    {
        if (!logger.IsEnabled(LogLevel.Trace))
            return;
        logger.Datagram($"{(sent ? "sent" : "received")} {datagram.Length} bytes");
        foreach (var line in HexDump.Format(datagram, fixedHeaderSize).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            logger.Datagram(line);
    }

    // One datagram holds messages of one kind.
    private static int RouteHeaderSize(ReadOnlySpan<byte> datagram) =>
        MemoryMarshal.Read<ushort>(datagram[TypeOffset..]) is >= RtNetlink.RTM_NEWQDISC and <= RtNetlink.RTM_GETTFILTER ? TcSize : IfInfoSize;
}
