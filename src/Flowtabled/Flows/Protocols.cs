using System.Globalization;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>IP protocols (IPPROTO_*, linux/in.h) and their names.</summary>
internal static class Protocols
{
    public const byte Tcp = 6;
    public const byte Udp = 17;

    public static string Name(byte protocol) => protocol switch
    {
        1 => "icmp",
        Tcp => "tcp",
        Udp => "udp",
        33 => "dccp",
        47 => "gre",
        58 => "icmpv6",
        132 => "sctp",
        136 => "udplite",
        _ => protocol.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Whether the tuple's ports are such, and not an ICMP id or a GRE key.</summary>
    public static bool HasPorts(in ConntrackTuple tuple) => tuple.Protocol is Tcp or Udp or 33 or 132 or 136;
}
