using System.Text;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What becomes of queued datagrams; the socket itself is tested by Flowtabled.KernelTests.</summary>
public class NftMonitorTests
{
    private static readonly byte[] s_made = Datagram("flowtabled");
    private static readonly byte[] s_changed = Datagram("changes");

    private readonly Recorder _heard = new();

    [Fact]
    public void Every_message_of_every_datagram_is_handed_over()
    {
        Assert.True(Read(s_made, s_changed));
        Assert.Equal(Split(s_made) + Split(s_changed), _heard.Events.Count);
        Assert.Equal("Table flowtabled", _heard.Events[0]);
        Assert.Equal("Rule flowtabled", _heard.Events[Split(s_made) - 1]);
        Assert.Equal("Chain t", _heard.Events[^1]);
        Assert.Equal(0, _heard.Losses);
    }

    [Fact]
    public void Nothing_queued_is_nothing_lost()
    {
        Assert.True(Read());
        Assert.Empty(_heard.Events);
    }

    [Fact]
    public void A_message_that_is_no_change_is_passed_over()
    {
        var generation = Recording.Datagrams("nft/changes.event.hex")[^1];
        Assert.True(Read(KernelMessage.Together(generation, s_made, generation)));
        Assert.Equal(Split(s_made), _heard.Events.Count);
    }

    [Fact]
    public void A_loss_is_told_between_what_came_before_and_after()
    {
        Assert.False(Read(s_made, ScriptedChannel.Overrun, s_changed, ScriptedChannel.Overrun));
        Assert.Equal(2, _heard.Losses);
        Assert.Equal(Split(s_made), _heard.Events.IndexOf("lost"));
        Assert.Equal(Split(s_made) + Split(s_changed) + 2, _heard.Events.Count);
    }

    [Fact]
    public void A_storm_is_read_in_parts()
    {
        var storm = Enumerable.Repeat(Recording.Datagrams("nft/owned.event.hex")[^2], 600).ToArray();
        var channel = Queued(storm);
        var adapter = new NftMonitor.Adapter(_heard);
        var buffer = new byte[NetlinkSocket.DatagramSize];
        foreach (var sum in (int[])[256, 512, 600, 600])
        {
            Assert.True(NetlinkSubscription.Read(channel, buffer, ref adapter));
            Assert.Equal(sum, _heard.Events.Count);
        }
    }

    [Fact]
    public void Of_a_cut_datagram_the_messages_before_the_cut_are_handed_over()
    {
        var messages = Recording.Split(s_made);
        int[] ends = [.. messages.Select((_, last) => messages.Take(last + 1).Sum(message => message.Length))];
        for (var length = 1; length <= s_made.Length; length++)
        {
            _heard.Events.Clear();
            if (ends.Contains(length))
                Assert.True(Read(s_made[..length]));
            else
                Assert.Throws<NetlinkFormatException>(() => Read(s_made[..length]));
            Assert.Equal(ends.Count(end => end <= length), _heard.Events.Count);
        }
    }

    private static byte[] Datagram(string name) => Recording.Datagrams($"nft/{name}.event.hex").MaxBy(datagram => datagram.Length)!;

    private static int Split(byte[] datagram) => Recording.Split(datagram).Count;

    private static ScriptedChannel Queued(params byte[][] datagrams)
    {
        var channel = new ScriptedChannel(_ => datagrams.Select(datagram => (ScriptedChannel.Received)datagram));
        channel.Send([]);
        return channel;
    }

    private bool Read(params byte[][] datagrams)
    {
        var adapter = new NftMonitor.Adapter(_heard);
        return NetlinkSubscription.Read(Queued(datagrams), new byte[NetlinkSocket.DatagramSize], ref adapter);
    }

    private sealed class Recorder : INftListener
    {
        public List<string> Events { get; } = [];

        public int Losses => Events.Count(text => text == "lost");

        public void Handle(scoped in NftEvent change) => Events.Add($"{change.Subject} {Encoding.Latin1.GetString(change.Table)}");

        public void Lost() => Events.Add("lost");
    }
}
