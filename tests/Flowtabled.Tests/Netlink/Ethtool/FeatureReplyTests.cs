using Flowtabled.Netlink;
using Flowtabled.Netlink.Ethtool;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Ethtool;

/// <summary>Features as a kernel sent them; in a running kernel Flowtabled.KernelTests compares them with ethtool's own words.</summary>
public class FeatureReplyTests
{
    private const ushort Family = 21; // what the recording's kernel gave ethtool

    private static readonly byte[] s_loopback = Recording.Messages("ethtool/features.hex")[0];
    private static readonly byte[] s_veth = Recording.Messages("ethtool/features.hex")[1];

    [Fact]
    public void Fixed_on() => Assert.Equal(new FeatureState(Active: true, Changeable: false, Wanted: false), Read(s_loopback, "loopback"));

    [Fact]
    public void Fixed_off() =>
        Assert.Equal(new FeatureState(Active: false, Changeable: false, Wanted: false), Read(s_loopback, EthtoolClient.HardwareTrafficControl));

    [Fact]
    public void On() => Assert.Equal(new FeatureState(Active: true, Changeable: true, Wanted: true), Read(s_loopback, "rx-gro"));

    [Fact]
    public void Switched_off() =>
        Assert.Equal(new FeatureState(Active: false, Changeable: true, Wanted: false), Read(s_veth, "tx-checksum-ip-generic"));

    [Fact]
    public void Wanted_but_off_for_want_of_another() =>
        Assert.Equal(new FeatureState(Active: false, Changeable: true, Wanted: true), Read(s_veth, "tx-tcp-segmentation"));

    [Theory]
    [InlineData("warp-drive")]
    [InlineData("hw-tc-offloa")]
    [InlineData("hw-tc-offloads")]
    public void A_feature_of_another_name_is_none(string feature) => Assert.Null(Read(s_loopback, feature));

    [Fact]
    public void Messages_of_other_families_are_passed_over() => Assert.Null(Read(Recording.Messages("ethtool/family.hex")[0], "rx-gro"));

    [Fact]
    public void A_mutated_reply_is_read_or_refused() =>
        StructuredMutation.Check([Shortened(s_loopback), Shortened(s_veth)], GenericMessage.Size, datagram => Read(datagram, "rx-gro"));

    [Fact]
    public void A_cut_reply_is_read_or_refused() =>
        StructuredMutation.Cut([Shortened(s_loopback), Shortened(s_veth)], GenericMessage.Size, datagram => Read(datagram, "rx-gro"));

    // Of the features that each set lists a few around the one that is looked for, so that most mutations meet what is read.
    private static byte[] Shortened(byte[] reply)
    {
        var message = MessageNode.Parse(reply, GenericMessage.Size)[0];
        foreach (var list in message.AllAttributes.Where(a => a.Children is { Count: > 10 }))
        {
            var place = list.Children!.FindIndex(bit => bit.Content().AsSpan().IndexOf("rx-gro\0"u8) >= 0);
            list.Children = place < 0 ? [] : list.Children[(place - 1)..(place + 2)];
        }

        var shortened = message.ToArray();
        Assert.Equal(Read(reply, "rx-gro"), Read(shortened, "rx-gro"));
        return shortened;
    }

    private static FeatureState? Read(byte[] datagram, string feature)
    {
        var reply = new FeatureReply(Family, feature);
        var reader = new MessageReader(datagram);
        while (reader.Read())
            reply.Handle(in reader);
        return reply.State;
    }
}
