using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>What becomes of queued datagrams; the socket itself is tested by Flowtabled.KernelTests.</summary>
public class LinkMonitorTests
{
    [Fact]
    public void Changes_and_losses_are_told_in_their_order()
    {
        var events = Recording.Datagrams("rt/link-events.hex").Select(datagram => (ScriptedChannel.Received)datagram).ToArray();
        var channel = new ScriptedChannel(_ => [.. events, ScriptedChannel.Received.Lost, .. events]);
        channel.Send([]);
        var heard = new Recorder();
        var adapter = new LinkMonitor.Adapter(heard);

        Assert.False(NetlinkSubscription.Read(channel, new byte[NetlinkSocket.DatagramSize], ref adapter));

        var loss = heard.Events.IndexOf("lost");
        Assert.InRange(loss, 10, events.Length - 1); // Some messages tell of no device.
        Assert.Equal(heard.Events[..loss], heard.Events[(loss + 1)..]);
    }

    private sealed class Recorder : ILinkListener
    {
        public List<string> Events { get; } = [];

        public void Handle(scoped in LinkEvent change) => Events.Add($"{change.Kind} {change.Index}");

        public void Lost() => Events.Add("lost");
    }
}
