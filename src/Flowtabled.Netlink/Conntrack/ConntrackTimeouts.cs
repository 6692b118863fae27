namespace Flowtabled.Netlink.Conntrack;

/// <summary>
/// Seconds that a connection of each kind lives without a packet, for those whose own the kernel does not tell. The next packet that conntrack sees
/// sets the kernel's.
/// </summary>
/// <param name="TcpEstablished">sysctl nf_conntrack_tcp_timeout_established.</param>
/// <param name="UdpStream">sysctl nf_conntrack_udp_timeout_stream.</param>
public readonly record struct ConntrackTimeouts(uint TcpEstablished, uint UdpStream)
{
    /// <summary>What OpenWrt sets (/etc/sysctl.d/11-nf-conntrack.conf).</summary>
    public static ConntrackTimeouts OpenWrt => new(7440, 180);
}
