using Flowtabled.Daemon;
using Flowtabled.Engine.Topology;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Daemon;

/// <summary>Which events bring a pass, beside a bridge with a port and a session.</summary>
public sealed class LinkNewsTests
{
    private const ushort Ethernet = 1; // ARPHRD_* (linux/if_arp.h)
    private const ushort Ppp = 512;

    private static readonly DeviceGraph Known = new(
    [
        new Device { Index = 2, Name = "br-lan", Kind = DeviceKind.Bridge },
        new Device { Index = 3, Name = "lan1", Kind = DeviceKind.Physical, MasterIndex = 2 },
        new Device { Index = 4, Name = "pppoe-wan", Kind = DeviceKind.Ppp },
    ]);

    [Theory]
    [InlineData(RtNetlink.RTM_NEWLINK, 5, "lan2")]
    [InlineData(RtNetlink.RTM_NEWLINK, 3, "lan9", 2)]
    [InlineData(RtNetlink.RTM_NEWLINK, 3, "lan1")]
    [InlineData(RtNetlink.RTM_NEWLINK, 3, "lan1", 7)]
    [InlineData(RtNetlink.RTM_DELLINK, 3, "lan1", 2)]
    public void What_is_not_as_it_was_is_news(int type, int index, string name, int master = 0) =>
        Assert.True(IsNews(Known, type, index, name, master));

    [Theory]
    [InlineData(RtNetlink.RTM_NEWLINK, 2, "br-lan")]
    [InlineData(RtNetlink.RTM_NEWLINK, 3, "lan1", 2)]
    [InlineData(RtNetlink.RTM_DELLINK, 5, "lan2")]
    public void What_is_as_it_was_is_none(int type, int index, string name, int master = 0) =>
        Assert.False(IsNews(Known, type, index, name, master));

    [Theory]
    [InlineData(4, LinkFlags.Up, false)]
    [InlineData(4, LinkFlags.None, true)]
    [InlineData(5, LinkFlags.Up, true)]
    [InlineData(5, LinkFlags.None, false)]
    public void A_session_is_there_while_it_is_up(int index, LinkFlags flags, bool isNews) =>
        Assert.Equal(isNews, IsNews(Known, RtNetlink.RTM_NEWLINK, index, index == 4 ? "pppoe-wan" : "pppoe-wan2", 0, flags, Ppp));

    [Theory]
    [InlineData(RtNetlink.RTM_NEWLINK)]
    [InlineData(RtNetlink.RTM_DELLINK)]
    public void The_bridge_that_has_the_kernel_collect_flows_is_none(int type)
    {
        Assert.False(IsNews(Known, type, 9, "flowtabled-gc"));
        Assert.True(IsNews(Known, RtNetlink.RTM_NEWLINK, 9, "flowtabled-gc2"));
    }

    [Fact]
    public void Before_the_first_pass_everything_is_news() => Assert.True(IsNews(null, RtNetlink.RTM_NEWLINK, 2, "br-lan"));

    private static bool IsNews(
        DeviceGraph? known, int type, int index, string name, int master = 0, LinkFlags flags = LinkFlags.Up, ushort hardwareType = Ethernet)
    {
        var buffer = new MessageBuffer();
        var writer = new MessageWriter(buffer);
        var message = writer.Begin(
            (ushort)type, 0, 0, new InterfaceInfoMessage { Index = index, HardwareType = hardwareType, Flags = (uint)flags });
        writer.WriteString(IfLink.IFLA_IFNAME, name);
        if (master != 0)
            writer.WriteUInt32(IfLink.IFLA_MASTER, (uint)master);
        writer.End(message);

        var reader = new MessageReader(buffer.Written);
        Assert.True(reader.Read());
        Assert.True(LinkEvent.TryRead(in reader, out var change));
        return LinkNews.IsNews(known, in change);
    }
}
