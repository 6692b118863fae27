using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;
using static Flowtabled.Tests.Netlink.KernelMessage;

namespace Flowtabled.Tests.Netlink.Nftables;

public class CommitTests
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    [Fact]
    public void A_batch_is_framed_as_nft_frames_it()
    {
        var channel = new ScriptedChannel(request => [Error(request[^2], 0)]);
        using var client = new NftClient(channel);
        Assert.Equal(NftCommitResult.Committed, client.Commit(Sample.Batch()));

        var ours = Recording.Split(Assert.Single(channel.Sent));
        var theirs = Recording.Messages("nft/flowtabled.sent.hex");
        Assert.Equal(Enumerable.Range(1, ours.Count), ours.Select(message => (int)ScriptedChannel.SequenceOf(message)));
        // nft numbers from 0 on, and asks for no ack: it takes silence for success.
        Assert.Equal(NetlinkUapi.NLM_F_ACK, FlagsOf(ours[^2]) ^ FlagsOf(theirs[^2]));
        Assert.Equal(theirs.Select(WithoutSequenceAndAck), ours.Select(WithoutSequenceAndAck));
    }

    [Fact]
    public void An_empty_batch_is_not_sent()
    {
        using var client = new NftClient(new ScriptedChannel());
        Assert.Equal(NftCommitResult.Committed, client.Commit(new NftBatch(), 7));
        client.Check(new NftBatch());
    }

    [Fact]
    public void A_check_is_a_batch_without_an_end()
    {
        var channel = new ScriptedChannel(request => [Error(request[^1], 0)]);
        using var client = new NftClient(channel);
        client.Check(TwoTables());
        Assert.Equal([NfNetlink.NFNL_MSG_BATCH_BEGIN, 0xa00, 0xa00], Recording.Split(channel.Sent[0]).Select(TypeOf));
    }

    [Fact]
    public void A_batch_may_be_sent_again()
    {
        var channel = new ScriptedChannel(request => [Error(request[0], Errno.ERESTART)], request => [Error(request[^2], 0)]);
        using var client = new NftClient(channel);
        var batch = TwoTables();
        Assert.Equal(NftCommitResult.GenerationMoved, client.Commit(batch, 7));
        Assert.Equal(NftCommitResult.Committed, client.Commit(batch, 8));
        Assert.Equal(
            Recording.Split(channel.Sent[0]).Skip(1).Select(WithoutSequenceAndAck),
            Recording.Split(channel.Sent[1]).Skip(1).Select(WithoutSequenceAndAck));
        Assert.Equal(5u, ScriptedChannel.SequenceOf(channel.Sent[1]));
    }

    [Fact]
    public void A_generation_is_asked_for_in_the_frame()
    {
        var channel = new ScriptedChannel(request => [Error(request[^2], 0)]);
        using var client = new NftClient(channel);
        client.Commit(TwoTables(), 0x01020304);
        Assert.Equal(
            Frame(NfNetlink.NFNL_MSG_BATCH_BEGIN, NetlinkUapi.NLM_F_REQUEST, 1, 0, [0, 0, 0, 10, 8, 0, 1, 0, 1, 2, 3, 4]),
            Recording.Split(channel.Sent[0])[0]);
    }

    [Fact]
    public void Every_refusal_is_mapped_to_its_message_and_to_what_stands_in_it()
    {
        // The kernel answers even the last message with an ack when another was refused.
        var channel = new ScriptedChannel(request =>
        [
            Error(request[2], Errno.ENOENT, offset: OffsetOf(request[2], "eth9\0"u8)),
            Error(request[3], Errno.EEXIST, capped: false, text: "there already"),
            Error(request[^2], 0),
        ]);
        using var client = new NftClient(channel);
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftFlowtable(T, "sw") { Devices = ["eth0", "eth9"] });
        batch.Add(new NftChain(T, "forward"));
        batch.DeleteTable(T);
        var failure = Assert.Throws<NftBatchException>(() => client.Commit(batch));
        Assert.Equal(
            [
                new NftRefusal("add flowtable inet t sw", Errno.ENOENT, null, failure.Offset, "device \"eth9\""),
                new NftRefusal("add chain inet t forward", Errno.EEXIST, "there already", null, null),
            ],
            failure.Refusals);
        Assert.Equal(("add flowtable inet t sw", Errno.ENOENT, "device \"eth9\""), (failure.Operation, failure.Errno, failure.Place));
        Assert.Equal(
            "add flowtable inet t sw: ENOENT (No such file or directory), at device \"eth9\"; " +
            "add chain inet t forward: EEXIST (File exists), kernel: there already",
            failure.Message);
    }

    [Fact]
    public void Refusals_that_a_kernel_gave_to_nft_are_mapped()
    {
        // The same batch as nft's, so that the recorded answers fit.
        var channel = new ScriptedChannel(request => SampleRefused.Answers().Select(answer => (ScriptedChannel.Received)answer));
        using var client = new NftClient(channel);
        var batch = SampleRefused.Batch();
        BatchAssert.EqualsRecording("nft/refused.sent.hex", batch);
        var failure = Assert.Throws<NftBatchException>(() => client.Commit(batch));
        Assert.Equal(
            [
                "add flowtable inet t sw: ENOENT (No such file or directory), at device \"eth9\"",
                "append rule to chain inet t input: ENOENT (No such file or directory), at flowtable \"sw\"",
                "append rule to chain inet t nowhere: ENOENT (No such file or directory), at chain \"nowhere\"",
                "delete table inet absent: ENOENT (No such file or directory), at table \"absent\"",
            ],
            failure.Refusals.Select(refusal => refusal.ToString()));
    }

    [Fact]
    public void An_error_of_the_commit_itself_outweighs_the_acks_after_it()
    {
        var channel = new ScriptedChannel(request => [Error(request[0], Errno.ENOMEM), Error(request[^2], 0)]);
        using var client = new NftClient(channel);
        var failure = Assert.Throws<NftBatchException>(() => client.Commit(TwoTables()));
        Assert.Equal("commit 2 nftables changes: ENOMEM (Cannot allocate memory)", failure.Message);
    }

    [Fact]
    public void Lost_answers_leave_open_what_happened()
    {
        var channel = new ScriptedChannel(
            request => [ScriptedChannel.Received.Lost, Error(request[^2], 0)],
            request => [Error(request[^2], 0)]);
        using var client = new NftClient(channel);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => client.Commit(TwoTables())).Errno);
        Assert.Equal(NftCommitResult.Committed, client.Commit(TwoTables())); // Nothing of the first is left.
    }

    [Fact]
    public void A_refusal_counts_though_other_answers_were_lost()
    {
        var channel = new ScriptedChannel(request => [Error(request[1], Errno.EPERM), ScriptedChannel.Received.Lost]);
        using var client = new NftClient(channel);
        Assert.Equal(Errno.EPERM, Assert.Throws<NftBatchException>(() => client.Commit(TwoTables())).Errno);
    }

    [Fact]
    public void No_ack_is_no_success()
    {
        // Neither silence, nor an ack of another message, nor one for somebody else, nor one of an earlier batch.
        ScriptedChannel.Script[] script =
        [
            _ => [],
            request => [Error(request[1], 0)],
            request => [Frame(NetlinkUapi.NLMSG_ERROR, NetlinkUapi.NLM_F_CAPPED, 3, Port + 1, Error(request[^2], 0).AsSpan()[16..])],
            request => [Error(Renumbered(request[^2], 1000), 0), Error(Renumbered(request[^2], 0), 0)],
            request => [Data(request[^2], 0xa00, 0, [0, 0, 0, 0])],
        ];
        var channel = new ScriptedChannel(script);
        using var client = new NftClient(channel);
        for (var i = 0; i < script.Length; i++)
            Assert.Equal(Errno.ETIMEDOUT, Assert.Throws<NetlinkException>(() => client.Commit(TwoTables())).Errno);
        Assert.All(channel.Waits, timeout => Assert.Equal(0, timeout)); // Answers are there when the send returns, or never come.
    }

    [Fact]
    public void What_cannot_be_sent_is_reported()
    {
        var channel = new ScriptedChannel(_ => throw new NetlinkException("nfnetlink: send", Errno.EMSGSIZE));
        using var client = new NftClient(channel);
        Assert.Equal(Errno.EMSGSIZE, Assert.Throws<NetlinkException>(() => client.Commit(TwoTables())).Errno);
    }

    [Fact]
    public void A_cleared_batch_is_as_new()
    {
        var batch = Sample.Batch();
        Assert.Equal(10, batch.Operations.TakeLast(10).Count());
        batch.Clear();
        Assert.True(batch.IsEmpty);
        Assert.Empty(batch.Operations);
        Assert.Equal(0, batch.Messages.Length);
        batch.Add(Sample.Exclude);
        batch.Add(Sample.Exclude4);
        var other = new NftBatch();
        other.Add(Sample.Exclude);
        other.Add(Sample.Exclude4);
        Assert.Equal(other.Messages, batch.Messages);
    }

    private static NftBatch TwoTables()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftTable(T with { Name = "u" }));
        return batch;
    }

    private static int TypeOf(byte[] message) => MemoryMarshal.Read<NetlinkHeader>(message).Type;

    private static int FlagsOf(byte[] message) => MemoryMarshal.Read<NetlinkHeader>(message).Flags;

    private static byte[] WithoutSequenceAndAck(byte[] message)
    {
        byte[] bare = [.. message];
        bare.AsSpan(8, 4).Clear();
        bare[6] &= unchecked((byte)~NetlinkUapi.NLM_F_ACK);
        return bare;
    }

    // An attribute's header stands before its value.
    private static int OffsetOf(byte[] message, ReadOnlySpan<byte> value) => message.AsSpan().IndexOf(value) - 4;

    private static byte[] Renumbered(byte[] message, uint sequence)
    {
        byte[] renumbered = [.. message];
        MemoryMarshal.Write(renumbered.AsSpan(8), sequence);
        return renumbered;
    }
}
