using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>Which connections can be rehomed, and why others are left alone.</summary>
public class RehomingTests
{
    [Theory]
    [InlineData(21, RehomingObstacle.Helper)]
    [InlineData(40006, RehomingObstacle.Expected)]
    [InlineData(5003, RehomingObstacle.None)]
    public void What_a_real_connection_is_tied_to_keeps_it(int port, RehomingObstacle expected) => Assert.Equal(
        expected, Obstacle(Recording.Messages("ct/bonds.hex").Single(m => Connections.Read(m).Original.DestinationPort == port)));

    [Fact]
    public void Only_TCP_and_UDP_that_are_established_are_rehomed()
    {
        var obstacles = Recording.Messages("ct/dump.hex").ToLookup(m => Connections.Read(m).Original.Protocol, Obstacle);

        Assert.All([1, 47, 58, 99], protocol => Assert.Equal(RehomingObstacle.Protocol, Assert.Single(obstacles[(byte)protocol])));
        // SYN_SENT; two of UDP have seen no reply.
        Assert.Equal([RehomingObstacle.None, RehomingObstacle.None, RehomingObstacle.NotEstablished], obstacles[6].Order());
        Assert.Equal([RehomingObstacle.None, RehomingObstacle.NotEstablished, RehomingObstacle.NotEstablished], obstacles[17].Order());
    }

    [Theory]
    [InlineData(ConntrackStatus.None, RehomingObstacle.None)]
    [InlineData(ConntrackStatus.Offload | ConntrackStatus.HardwareOffload, RehomingObstacle.None)]
    [InlineData(ConntrackStatus.FixedTimeout, RehomingObstacle.None)]
    [InlineData(ConntrackStatus.Expected, RehomingObstacle.Expected)]
    [InlineData(ConntrackStatus.SequenceAdjusted, RehomingObstacle.SequenceAdjustment)]
    [InlineData(ConntrackStatus.Helper, RehomingObstacle.Helper)]
    [InlineData(ConntrackStatus.Dying, RehomingObstacle.NotEstablished)]
    [InlineData(ConntrackStatus.Template, RehomingObstacle.NotEstablished)]
    [InlineData(ConntrackStatus.Untracked, RehomingObstacle.NotEstablished)]
    public void The_status_tells_too(ConntrackStatus also, RehomingObstacle expected)
    {
        const ConntrackStatus established = ConntrackStatus.SeenReply | ConntrackStatus.Assured | ConntrackStatus.Confirmed;
        Assert.Equal(expected, Obstacle(Connections.Masqueraded().WithStatus(established | also).ToArray()));
    }

    [Theory]
    [InlineData(ConntrackStatus.Confirmed | ConntrackStatus.Assured)]
    [InlineData(ConntrackStatus.SeenReply | ConntrackStatus.Assured)]
    public void A_connection_that_is_not_yet_one_is_left_alone(ConntrackStatus status) =>
        Assert.Equal(RehomingObstacle.NotEstablished, Obstacle(Connections.Masqueraded().WithStatus(status).ToArray()));

    [Theory]
    [InlineData(ConntrackTcpState.SynReceived)]
    [InlineData(ConntrackTcpState.FinWait)]
    [InlineData(ConntrackTcpState.CloseWait)]
    [InlineData(ConntrackTcpState.TimeWait)]
    [InlineData(ConntrackTcpState.Close)]
    public void A_TCP_connection_that_begins_or_ends_is_left_alone(ConntrackTcpState state)
    {
        var message = Connections.Masqueraded();
        var tcp = Assert.Single(message.Attribute(CtNetlink.CTA_PROTOINFO).Children!);
        tcp.Children!.Single(a => a.Type == CtNetlink.CTA_PROTOINFO_TCP_STATE).Value = [(byte)state];

        Assert.Equal(RehomingObstacle.NotEstablished, Obstacle(message.ToArray()));
    }

    [Theory]
    [InlineData(CtNetlink.CTA_HELP, RehomingObstacle.Helper)]
    [InlineData(CtNetlink.CTA_TUPLE_MASTER, RehomingObstacle.Expected)]
    [InlineData(CtNetlink.CTA_SEQ_ADJ_ORIG, RehomingObstacle.SequenceAdjustment)]
    [InlineData(CtNetlink.CTA_SEQ_ADJ_REPLY, RehomingObstacle.SequenceAdjustment)]
    [InlineData(CtNetlink.CTA_SYNPROXY, RehomingObstacle.Synproxy)]
    [InlineData(CtNetlink.CTA_SECCTX, RehomingObstacle.SecurityContext)]
    public void Each_bond_keeps_it(int type, RehomingObstacle expected)
    {
        var message = Connections.Masqueraded();
        message.Attributes.Add(new AttributeNode((ushort)(type | NetlinkUapi.NLA_F_NESTED), [], [new(1, [0, 0, 0, 1], null)]));

        Assert.Equal(expected, Obstacle(message.ToArray()));
    }

    private static RehomingObstacle Obstacle(byte[] message)
    {
        var entry = Connections.Read(message);
        var rehoming = new Rehoming(in entry);
        Assert.Equal(rehoming.Obstacle == RehomingObstacle.None ? RehomingOutcome.Pending : RehomingOutcome.LeftAlone, rehoming.Outcome);
        return rehoming.Obstacle;
    }
}
