using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Nftables;

namespace Flowtabled.Tests.Netlink.Mutation;

/// <summary>
/// The messages around those that decoders read: acks, refusals, the ends of dumps. Cut or changed they are refused as malformed, taken for a
/// refusal of the kernel's, or passed over, and then missed.
/// </summary>
public class AnswerMutationTests
{
    // Of struct nlmsgerr the error and the request's header; with it, where the request follows in full, its nfgenmsg.
    private const int ErrorSize = sizeof(int) + NetlinkHeader.Size;
    private const int UncappedErrorSize = ErrorSize + NfGenMessage.Size;

    private static readonly byte[] s_request = KernelMessage.Frame(0x0a00, 0, 1, 0, [1, 0, 0, 0, 6, 0, 1, 0, (byte)'t', 0, 0, 0]);

    private static readonly byte[][] s_errors =
    [
        KernelMessage.Error(s_request, Errno.EPERM, text: "nobody may", offset: 20),
        KernelMessage.Error(s_request, Errno.ENOENT, offset: 20),
        KernelMessage.Error(s_request, Errno.EINVAL),
        KernelMessage.Error(s_request, 0),
    ];

    private static readonly byte[][] s_ends =
    [
        KernelMessage.Done(s_request),
        KernelMessage.Done(s_request, Errno.ENOMEM, text: "no more", offset: 20),
        KernelMessage.Done(s_request, flags: NetlinkUapi.NLM_F_DUMP_INTR),
    ];

    [Fact]
    public void What_is_whole_is_understood()
    {
        Assert.Equal([Errno.ENOENT, Errno.ENOENT, Errno.ENOENT, Errno.ENOENT], SampleRefused.Answers().Select(Commit));
        Assert.Equal([Errno.EPERM, 0, Errno.EINVAL, 0], s_errors.Select(Query)); // Neither ENOENT nor an ack alone is an error: there is no table.
        Assert.Equal([0, Errno.ENOMEM, Errno.ETIMEDOUT], s_ends.Select(Dump)); // An interrupted one is begun again.
    }

    [Fact]
    public void A_mutated_answer_to_a_batch_is_taken_or_refused() => StructuredMutation.Check(SampleRefused.Answers(), UncappedErrorSize, datagram => Commit(datagram));

    [Fact]
    public void A_cut_answer_to_a_batch_is_taken_or_refused() => StructuredMutation.Cut(SampleRefused.Answers(), UncappedErrorSize, datagram => Commit(datagram));

    [Fact]
    public void A_mutated_answer_to_a_request_is_taken_or_refused() => StructuredMutation.Check(s_errors, ErrorSize, datagram => Query(datagram));

    [Fact]
    public void A_cut_answer_to_a_request_is_taken_or_refused() => StructuredMutation.Cut(s_errors, ErrorSize, datagram => Query(datagram));

    [Fact]
    public void A_mutated_end_of_a_dump_is_taken_or_refused() => StructuredMutation.Check(s_ends, sizeof(int), datagram => Dump(datagram));

    [Fact]
    public void A_cut_end_of_a_dump_is_taken_or_refused() => StructuredMutation.Cut(s_ends, sizeof(int), datagram => Dump(datagram));

    [Fact]
    public void A_mutated_message_is_printed() =>
        StructuredMutation.Check([.. Recording.Messages("nft/flowtabled.sent.hex")], NfGenMessage.Size, datagram => HexDump.Format(datagram));

    [Fact]
    public void A_cut_message_is_printed() =>
        StructuredMutation.Cut([.. Recording.Messages("nft/flowtabled.sent.hex")], NfGenMessage.Size, datagram => HexDump.Format(datagram));

    private static int Commit(byte[] answer) => Attempt(answer, channel =>
    {
        using var client = new NftClient(channel);
        client.Commit(SampleRefused.Batch());
    });

    private static int Query(byte[] answer) => Attempt(answer, channel =>
    {
        using var client = new NftClient(channel);
        client.TryGetTable(Sample.Name);
    });

    private static int Dump(byte[] end) => Attempt(end, channel =>
    {
        using var client = new RouteClient(new NetlinkConnection(channel));
        client.DumpLinks();
    });

    /// <summary>The error number, or 0.</summary>
    private static int Attempt(byte[] answer, Action<ScriptedChannel> request)
    {
        var channel = new ScriptedChannel(_ => [new(ReceiveStatus.Datagram, answer)]);
        try
        {
            request(channel);
            return 0;
        }
        catch (NetlinkException refusal)
        {
            Assert.NotEmpty(refusal.Message); // Whatever number or place it has, it can be printed.
            return refusal.Errno;
        }
    }
}
