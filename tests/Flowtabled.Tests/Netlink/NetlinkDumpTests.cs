using Flowtabled.Netlink;
using Flowtabled.Netlink.Uapi;
using static Flowtabled.Tests.Netlink.KernelMessage;

namespace Flowtabled.Tests.Netlink;

public class NetlinkDumpTests
{
    private const ushort Request = 0x0a01;
    private const ushort Part = 0x0a00;
    private const int Multi = NetlinkUapi.NLM_F_MULTI;
    private const int Interrupted = NetlinkUapi.NLM_F_MULTI | NetlinkUapi.NLM_F_DUMP_INTR;

    [Fact]
    public void Parts_are_handed_over_until_done()
    {
        var channel = new ScriptedChannel(request =>
        [
            Together(Data(request[0], Part, Multi, [1, 0, 0, 0]), Data(request[0], Part, Multi, [2, 0, 0, 0])),
            Data(request[0], Part, Multi, [3, 0, 0, 0]),
            Done(request[0]),
            Data(request[0], Part, Multi, [4, 0, 0, 0]),
        ]);
        Assert.Equal([1, 2, 3], Dump(channel).Bytes);
        Assert.Equal(Frame(Request, NetlinkUapi.NLM_F_REQUEST | NetlinkUapi.NLM_F_DUMP, 1, 0, [0, 0, 0, 0]), Assert.Single(channel.Sent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_interrupted_dump_is_begun_again_under_another_number(bool onlyDoneSaysSo)
    {
        var channel = new ScriptedChannel(
            request =>
            [
                Data(request[0], Part, onlyDoneSaysSo ? Multi : Interrupted, [1, 0, 0, 0]),
                Data(request[0], Part, Multi, [2, 0, 0, 0]),
                Done(request[0], flags: onlyDoneSaysSo ? Interrupted : 0),
            ],
            request =>
            [
                Frame(Part, Multi, ScriptedChannel.SequenceOf(request[0]) - 1, Port, [1, 0, 0, 0]), // Of the first.
                Data(request[0], Part, Multi, [3, 0, 0, 0]),
                Done(request[0]),
            ]);
        var handler = Dump(channel);
        Assert.Equal([3], handler.Bytes);
        Assert.Equal(1, handler.Restarts);
        Assert.Equal([1u, 2u], channel.Sent.Select(sent => ScriptedChannel.SequenceOf(sent)));
    }

    [Fact]
    public void A_dump_that_is_always_interrupted_is_given_up()
    {
        var channel = new ScriptedChannel { Otherwise = request => [Done(request[0], flags: Interrupted)] };
        Assert.Equal(Errno.EINTR, Assert.Throws<NetlinkException>(() => Dump(channel)).Errno);
        Assert.Equal(20, channel.Sent.Count);
    }

    [Fact]
    public void A_dump_may_be_refused()
    {
        var channel = new ScriptedChannel(request => [Error(request[0], Errno.EOPNOTSUPP)]);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<NetlinkException>(() => Dump(channel)).Errno);
    }

    [Fact]
    public void A_dump_may_fail_at_its_end()
    {
        var channel = new ScriptedChannel(request =>
            [Data(request[0], Part, Multi, [1, 0, 0, 0]), Done(request[0], Errno.ENOMEM, text: "full", offset: 16)]);
        var failure = Assert.Throws<NetlinkException>(() => Dump(channel));
        Assert.Equal((Errno.ENOMEM, "full", 16), (failure.Errno, failure.KernelText, failure.Offset));
    }

    [Fact]
    public void A_dump_whose_end_is_cut_ends()
    {
        var channel = new ScriptedChannel(request => [Data(request[0], NetlinkUapi.NLMSG_DONE, Multi, [0xff, 0xff])]);
        Assert.Empty(Dump(channel).Bytes);
    }

    [Fact]
    public void A_loss_in_the_middle_is_an_error()
    {
        var channel = new ScriptedChannel(request => [Data(request[0], Part, Multi, [1, 0, 0, 0]), ScriptedChannel.Received.Lost]);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => Dump(channel)).Errno);
    }

    [Fact]
    public void A_dump_that_stops_is_an_error()
    {
        var channel = new ScriptedChannel(request => [Data(request[0], Part, Multi, [1, 0, 0, 0])]);
        Assert.Equal(Errno.ETIMEDOUT, Assert.Throws<NetlinkException>(() => Dump(channel)).Errno);
    }

    [Fact]
    public void What_a_failed_dump_left_is_read_before_the_next_request()
    {
        var channel = new ScriptedChannel(
            request =>
            [
                Data(request[0], Part, Multi, [1, 0, 0, 0]),
                ScriptedChannel.Received.Lost,
                Data(request[0], Part, Multi, [2, 0, 0, 0]),
                Done(request[0]),
            ],
            request => [Data(request[0], Part, Multi, [3, 0, 0, 0]), Done(request[0])]);
        using var connection = new NetlinkConnection(channel);
        var fault = new FirstBytes([], fault: 1);
        connection.Start(Request, 0, new NfGenMessage(0));
        Assert.Throws<NetlinkFormatException>(() => connection.Dump("try", ref fault));
        Assert.Empty(channel.Waits);

        var handler = new FirstBytes([]);
        connection.Start(Request, 0, new NfGenMessage(0));
        connection.Dump("try", ref handler);
        Assert.Equal([3], handler.Bytes);
        Assert.Equal([0], channel.Waits); // It looked until nothing was left, and did not wait.
    }

    private static FirstBytes Dump(ScriptedChannel channel)
    {
        using var connection = new NetlinkConnection(channel);
        connection.Start(Request, 0, new NfGenMessage(0));
        var handler = new FirstBytes([]);
        connection.Dump("try", ref handler);
        return handler;
    }
}
