using System.Text;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Tests.Topology;

public class PppoeSessionsTests
{
    [Fact]
    public void The_recorded_session_is_read() => Assert.Equal(["wan.7"], PppoeSessions.Devices(Fixture.Read("rt/pppoe.txt")));

    [Theory]
    [InlineData("00000100 02:00:5e:10:00:01      wan\n")]
    [InlineData("00000100          02:00:5e:10:00:01      wan\n")]
    [InlineData("Id       Address              Device\n00000100 02:00:5e:10:00:01      wan")]
    public void Each_spacing_is_read(string text) => Assert.Equal(["wan"], Devices(text));

    [Fact]
    public void Sessions_keep_their_order() =>
        Assert.Equal(["dsl0.7", "wan"], Devices("00000200 02:00:5e:10:00:02   dsl0.7\n00000100 02:00:5e:10:00:01      wan\n"));

    [Theory]
    [InlineData("\u0085x")]
    [InlineData("a\u00ff\"\\")]
    [InlineData("123456789012345")]
    public void Device_names_are_bytes(string name) => Assert.Equal([name], Devices($"00000100 02:00:5e:10:00:01 {name,8}\n"));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("Id       Address              Device\n")]
    [InlineData("00000100 02:00:5e:10:00:01\n")]
    [InlineData("00000100 02:00:5e:10:00:01 wan more\n")]
    [InlineData("00010000 02:00:5e:10:00:01 wan\n")]
    [InlineData("0000010g 02:00:5e:10:00:01 wan\n")]
    [InlineData("00000100 02:00:5e:10:00 wan\n")]
    [InlineData("00000100 02-00-5e-10-00-01 wan\n")]
    public void What_is_no_session_is_passed_over(string text) => Assert.Empty(Devices(text));

    [Theory]
    [InlineData("wan", 2, "wan")]
    [InlineData("dsl0.7", 2, "dsl0.7")]
    [InlineData("eth9", 2, null)]
    [InlineData(null, 1, null)]
    public void Among_several_the_configured_one_is_taken(string? configured, int pppDevices, string? expected) =>
        Assert.Equal(expected, PppoeSessions.DeviceBelow(["wan", "dsl0.7"], configured, pppDevices));

    [Theory]
    [InlineData("wan", 1, "wan")]
    [InlineData("wan", 2, "wan")]
    [InlineData("eth9", 1, "wan")] // the configuration has changed since the session began
    [InlineData(null, 1, "wan")]
    [InlineData(null, 2, null)] // the other PPP device may be the session's: L2TP, or a PPPoE device that waits for its own
    [InlineData("eth9", 2, null)]
    public void The_only_session_is_that_of_the_only_device(string? configured, int pppDevices, string? expected) =>
        Assert.Equal(expected, PppoeSessions.DeviceBelow(["wan"], configured, pppDevices));

    [Fact]
    public void Without_sessions_there_is_no_device() => Assert.Null(PppoeSessions.DeviceBelow([], "wan", 1));

    private static IReadOnlyList<string> Devices(string text) => PppoeSessions.Devices(Encoding.Latin1.GetBytes(text));
}
