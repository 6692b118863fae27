using System.Text;
using Flowtabled.Engine.Config;
using Flowtabled.Kernel;

namespace Flowtabled.Tests.Kernel;

public sealed class PppoeParentsTests
{
    // cat /proc/net/pppoe, Linux 6.12, one session over a veth.
    private const string OneSession =
        """
        Id       Address              Device
        00000001 AA:BB:CC:DD:EE:01      wan.7

        """;

    private const string TwoSessions =
        """
        Id       Address              Device
        00000001 AA:BB:CC:DD:EE:01      wan.7
        00000002 AA:BB:CC:DD:EE:02       wan2

        """;

    [Fact]
    public void The_networks_device_says_which_session_is_its()
    {
        var parents = Parse(TwoSessions, new NetworkInterface("wan", "pppoe", "wan.7", false), new NetworkInterface("wanb", "pppoe", "wan2", false));
        Assert.Equal("wan.7", parents.Find("pppoe-wan", isOnly: false));
        Assert.Equal("wan2", parents.Find("pppoe-wanb", isOnly: false));
    }

    [Fact]
    public void Without_a_network_the_only_session_is_that_of_the_only_device()
    {
        Assert.Equal("wan.7", Parse(OneSession).Find("ppp0", isOnly: true));
        Assert.Null(Parse(OneSession).Find("ppp0", isOnly: false));
        Assert.Null(Parse(TwoSessions).Find("ppp0", isOnly: true));
    }

    [Fact]
    public void A_configured_device_without_a_session_is_not_believed()
    {
        var parents = Parse(TwoSessions, new NetworkInterface("wan", "pppoe", "eth9", false));
        Assert.Null(parents.Find("pppoe-wan", isOnly: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Id       Address              Device\n")]
    [InlineData("Id       Address              Device\nnonsense\n")]
    public void No_sessions_no_parents(string table) => Assert.Null(Parse(table).Find("ppp0", isOnly: true));

    private static PppoeParents Parse(string table, params NetworkInterface[] networks) =>
        PppoeParents.Parse(Encoding.Latin1.GetBytes(table), new NetworkConfig([.. networks], []));
}
