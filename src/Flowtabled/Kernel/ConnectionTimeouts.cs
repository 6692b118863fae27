using System.Globalization;
using Flowtabled.Config;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>Reads how long the kernel lets connections live without a packet.</summary>
internal static class ConnectionTimeouts
{
    /// <summary>What holds now; where a kernel does not tell, what OpenWrt sets.</summary>
    /// <param name="sysctls">Where the kernel's switches are.</param>
    public static ConntrackTimeouts Read(string sysctls = "/proc/sys")
    {
        var usual = ConntrackTimeouts.OpenWrt;
        return new ConntrackTimeouts(
            Read(sysctls, "net/netfilter/nf_conntrack_tcp_timeout_established") ?? usual.TcpEstablished,
            Read(sysctls, "net/netfilter/nf_conntrack_udp_timeout_stream") ?? usual.UdpStream);
    }

    private static uint? Read(string sysctls, string name) =>
        FileBytes.ReadTextIfExists(Path.Combine(sysctls, name)) is { } text
        && uint.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
}
