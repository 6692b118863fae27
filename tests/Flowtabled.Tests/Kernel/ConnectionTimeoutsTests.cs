using Flowtabled.Kernel;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Tests.Kernel;

public sealed class ConnectionTimeoutsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-sysctls").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("432000\n", "120\n", 432000, 120)]
    [InlineData("300\n", null, 300, 180)]
    [InlineData("", "many", 7440, 180)]
    public void They_are_the_kernels_or_the_usual_ones(string tcp, string? udp, uint tcpExpected, uint udpExpected)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_root, "net", "netfilter")).FullName;
        File.WriteAllText(Path.Combine(directory, "nf_conntrack_tcp_timeout_established"), tcp);
        if (udp is not null)
            File.WriteAllText(Path.Combine(directory, "nf_conntrack_udp_timeout_stream"), udp);

        Assert.Equal(new ConntrackTimeouts(tcpExpected, udpExpected), ConnectionTimeouts.Read(_root));
    }

    [Fact]
    public void Without_connection_tracking_they_are_the_usual_ones() => Assert.Equal(ConntrackTimeouts.OpenWrt, ConnectionTimeouts.Read(_root));
}
