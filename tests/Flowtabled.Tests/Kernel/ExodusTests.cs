using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Tests.Netlink.Conntrack;

namespace Flowtabled.Tests.Kernel;

/// <summary>What is said of connections that were to leave the hardware.</summary>
public sealed class ExodusTests
{
    [Fact]
    public void Those_that_ended_meanwhile_are_neither_moved_nor_staying()
    {
        var exodus = Exodus.Of([Rehomed(), Rehomed(), Gone()]);

        Assert.Equal(new Exodus(2, 0, null), exodus);
        Assert.Equal("2 connections", exodus.MovedText);
    }

    [Fact]
    public void The_first_that_stays_says_why()
    {
        var exodus = Exodus.Of([Rehomed(), LeftAlone(RehomingObstacle.Expected), LeftAlone(RehomingObstacle.Helper)]);

        Assert.Equal(new Exodus(1, 2, "another connection announced it"), exodus);
        Assert.Equal(("1 connection", "2 connections (another connection announced it)"), (exodus.MovedText, exodus.StayingText));
    }

    [Fact]
    public void What_the_kernel_refused_has_the_kernels_words()
    {
        var refused = Rehoming();
        refused.Refuse(Errno.EBUSY);

        Assert.Equal("1 connection (Device or resource busy)", Exodus.Of([refused]).StayingText);
    }

    [Theory]
    [InlineData(RehomingObstacle.Protocol, "neither TCP nor UDP")]
    [InlineData(RehomingObstacle.NotEstablished, "not established")]
    [InlineData(RehomingObstacle.Helper, "a connection tracking helper reads along")]
    [InlineData(RehomingObstacle.Expected, "another connection announced it")]
    [InlineData(RehomingObstacle.SequenceAdjustment, "its sequence numbers are shifted")]
    [InlineData(RehomingObstacle.Synproxy, "its sequence numbers are shifted")]
    [InlineData(RehomingObstacle.SecurityContext, "it has a security context")]
    [InlineData(RehomingObstacle.TableFull, "the conntrack table is full")]
    public void Every_obstacle_has_words(RehomingObstacle obstacle, string words) =>
        Assert.Equal(words, Exodus.Of([LeftAlone(obstacle)]).Why);

    [Fact]
    public void There_is_no_other_obstacle() => Assert.Equal(9, Enum.GetValues<RehomingObstacle>().Length);

    private static Rehoming Rehomed()
    {
        var rehoming = Rehoming();
        rehoming.Succeed();
        return rehoming;
    }

    private static Rehoming Gone()
    {
        var rehoming = Rehoming();
        rehoming.Miss();
        return rehoming;
    }

    private static Rehoming LeftAlone(RehomingObstacle obstacle)
    {
        var rehoming = Rehoming();
        rehoming.LeaveAlone(obstacle);
        return rehoming;
    }

    private static Rehoming Rehoming()
    {
        var entry = Connections.Read(Connections.Masqueraded().ToArray());
        return new Rehoming(in entry);
    }
}
