using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Uapi;
using static Flowtabled.Tests.Netlink.KernelMessage;

namespace Flowtabled.Tests.Netlink;

public class NetlinkConnectionTests
{
    private const ushort Request = 0x0a01;
    private const ushort Reply = 0x0a00;

    [Fact]
    public void A_request_is_sent_with_its_length_flags_and_number()
    {
        var channel = new ScriptedChannel(request => [Error(request[0], 0)]);
        using var connection = new NetlinkConnection(channel);
        Start(connection);
        connection.Execute("try");
        Assert.Equal(
            Frame(Request, NetlinkUapi.NLM_F_REQUEST | NetlinkUapi.NLM_F_ACK, 1, 0, [2, 0, 0, 0, 6, 0, 1, 0, (byte)'t', 0, 0, 0]),
            Assert.Single(channel.Sent));
    }

    [Fact]
    public void Sequence_numbers_go_on_and_are_never_0()
    {
        using var connection = new NetlinkConnection(new ScriptedChannel());
        Assert.Equal(1u, connection.NextSequence());
        Assert.Equal(2u, connection.NextSequence(10));
        Assert.Equal(12u, connection.NextSequence(int.MaxValue));
        Assert.Equal(12u + int.MaxValue, connection.NextSequence(int.MaxValue - 20));
        Assert.Equal(1u, connection.NextSequence(20)); // Would have met 0 on its way.
    }

    [Fact]
    public void Answers_are_handed_over_until_the_ack()
    {
        var channel = new ScriptedChannel(request =>
        [
            Together(Data(request[0], Reply, 0, [1, 0, 0, 0]), Data(request[0], Reply, 0, [2, 0, 0, 0])),
            Data(request[0], Reply, 0, [3, 0, 0, 0]),
            Error(request[0], 0),
            Data(request[0], Reply, 0, [4, 0, 0, 0]),
        ]);
        Assert.Equal([1, 2, 3], Query(channel));
    }

    [Fact]
    public void What_answers_something_else_is_left_out()
    {
        var channel = new ScriptedChannel(request =>
        [
            Frame(Reply, 0, ScriptedChannel.SequenceOf(request[0]) + 1, Port, [1, 0, 0, 0]),
            Frame(Reply, 0, ScriptedChannel.SequenceOf(request[0]), Port + 1, [2, 0, 0, 0]),
            Frame(NetlinkUapi.NLMSG_ERROR, 0, 0, Port, [1, 2, 3, 4]), // Malformed, but not ours to read.
            Data(request[0], Reply, 0, [3, 0, 0, 0]),
            Error(request[0], 0),
        ]);
        Assert.Equal([3], Query(channel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refusal_names_operation_error_text_and_place(bool capped)
    {
        // The name stands after nlmsghdr and nfgenmsg.
        var channel = new ScriptedChannel(request => [Error(request[0], Errno.EPERM, capped, "nobody may", 20)]);
        var refusal = Assert.Throws<NetlinkException>(() => Query(channel));
        Assert.Equal("try", refusal.Operation);
        Assert.Equal(Errno.EPERM, refusal.Errno);
        Assert.Equal("nobody may", refusal.KernelText);
        Assert.Equal(20, refusal.Offset);
        Assert.Equal("table \"t\"", refusal.Place);
        Assert.Equal("try: EPERM (Operation not permitted), kernel: nobody may, at table \"t\"", refusal.Message);
    }

    [Fact]
    public void A_refusal_of_an_old_kernel_is_its_number_alone()
    {
        var channel = new ScriptedChannel(request => [Error(request[0], 12345, capped: false)]);
        var refusal = Assert.Throws<NetlinkException>(() => Query(channel));
        Assert.Equal("try: errno 12345 (Unknown error 12345)", refusal.Message);
        Assert.Null(refusal.KernelText);
        Assert.Null(refusal.Offset);
        Assert.Null(refusal.Place);
    }

    [Fact]
    public void A_refusal_at_an_unmarked_byte_gives_the_byte()
    {
        var channel = new ScriptedChannel(request => [Error(request[0], Errno.EINVAL, offset: 24)]);
        var refusal = Assert.Throws<NetlinkException>(() => Query(channel));
        Assert.Equal("try: EINVAL (Invalid argument), at byte 24 of the request", refusal.Message);
    }

    [Fact]
    public void An_error_message_that_is_cut_is_malformed()
    {
        var channel = new ScriptedChannel(request => [Data(request[0], NetlinkUapi.NLMSG_ERROR, 0, [1, 2, 3, 4])]);
        Assert.Equal(NetlinkUapi.NLMSG_ERROR, Assert.Throws<NetlinkFormatException>(() => Query(channel)).MessageType);
    }

    [Fact]
    public void An_error_message_whose_request_is_longer_than_itself_is_malformed()
    {
        var channel = new ScriptedChannel(request =>
        {
            var answer = Error(request[0], Errno.EINVAL, capped: false, offset: 20);
            MemoryMarshal.Write(answer.AsSpan(20), uint.MaxValue); // nlmsg_len of the request.
            return [answer];
        });
        Assert.Throws<NetlinkFormatException>(() => Query(channel));
    }

    [Fact]
    public void No_answer_in_time_is_an_error()
    {
        var channel = new ScriptedChannel(_ => []);
        Assert.Equal(Errno.ETIMEDOUT, Assert.Throws<NetlinkException>(() => Query(channel)).Errno);
        Assert.Equal(10_000, Assert.Single(channel.Waits));
    }

    [Fact]
    public void Lost_answers_are_an_error()
    {
        var channel = new ScriptedChannel(request => [ScriptedChannel.Received.Lost, Error(request[0], 0)]);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => Query(channel)).Errno);
    }

    [Fact]
    public void Disposing_closes_the_channel()
    {
        var channel = new ScriptedChannel();
        new NetlinkConnection(channel).Dispose();
        Assert.True(channel.IsDisposed);
    }

    private static List<byte> Query(ScriptedChannel channel)
    {
        using var connection = new NetlinkConnection(channel);
        Start(connection);
        var handler = new FirstBytes([]);
        connection.Query("try", ref handler);
        return handler.Bytes;
    }

    private static void Start(NetlinkConnection connection)
    {
        var writer = connection.Start(Request, 0, new NfGenMessage(2));
        writer.Mark("table", "t");
        writer.WriteString(NfTables.NFTA_TABLE_NAME, "t");
    }
}
