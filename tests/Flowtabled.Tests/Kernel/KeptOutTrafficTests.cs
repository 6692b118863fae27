using Flowtabled.Engine.Config;
using Flowtabled.Kernel;
using Flowtabled.Tests.Netlink;
using Flowtabled.Tests.Netlink.Conntrack;

namespace Flowtabled.Tests.Kernel;

/// <summary>Which exclusion keeps a connection on the slow path.</summary>
public sealed class KeptOutTrafficTests
{
    /// <summary>It goes to a port of the router's address that is forwarded: neither of the router's own addresses is an end.</summary>
    [Theory]
    [InlineData("192.0.2.1", null, true)] // who began it
    [InlineData("10.0.0.5", null, true)] // whom it was forwarded to
    [InlineData("198.51.100.2", null, false)]
    [InlineData("203.0.113.9", null, false)]
    [InlineData(null, "2000", true)]
    [InlineData(null, "8443", true)]
    [InlineData(null, "443", false)]
    [InlineData(null, "51000", false)]
    public void Each_end_is_known_by_its_own_address(string? host, string? port, bool isNamed)
    {
        var entry = Connections.Read(Recording.Messages("ct/insert.hex")[3]);
        var exclusion = new NamedExclusion("game", [])
        {
            Hosts = host is null ? [] : [HostRange.TryParse(host)!],
            Ports = port is null ? [] : [PortRange.TryParse(port)!],
        };

        Assert.Equal(isNamed ? "game" : null, KeptOutTraffic.WhoExcludes([new NamedExclusion("other", ["lan"]), exclusion], in entry));
    }

    [Fact]
    public void A_number_of_a_protocol_without_ports_is_none()
    {
        var ping = Connections.Recorded("ct/dump.hex").First(static entry => entry.Original.Protocol == 1);
        var exclusion = new NamedExclusion("game", []) { Ports = [PortRange.TryParse("1-65535")!] };

        Assert.Null(KeptOutTraffic.WhoExcludes([exclusion], in ping));
    }
}
