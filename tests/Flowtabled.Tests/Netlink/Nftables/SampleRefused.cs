using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What tests/fixtures/nft/refused.nft says, as objects.</summary>
internal static class SampleRefused
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    public static NftBatch Batch()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftChain(T, "forward") { Hook = new NftHook("filter", NftHookNumber.Forward, 10) });
        batch.Add(new NftChain(T, "input") { Hook = new NftHook("filter", NftHookNumber.Input, 0) });
        batch.Add(new NftFlowtable(T, "sw") { Devices = ["eth1", "eth9", "eth0"] });
        batch.Append(new NftRule(T, "input") { Expressions = [new FlowOffloadExpression("sw")] });
        batch.Append(new NftRule(T, "nowhere") { Expressions = [new CounterExpression()] });
        batch.DeleteTable(T with { Name = "absent" });
        return batch;
    }

    /// <summary>
    /// What the kernel answered to nft, as it would answer a client's first batch: nft numbers its messages from 0 on, we from 1.
    /// </summary>
    public static byte[][] Answers() =>
    [
        .. Recording.Messages("nft/refused.answer.hex")
            .Where(message => MemoryMarshal.Read<NetlinkHeader>(message).Type == NetlinkUapi.NLMSG_ERROR)
            .Select(Renumbered),
    ];

    private static byte[] Renumbered(byte[] answer)
    {
        // The header of the request that is answered stands after the answer's own and the error.
        const int RequestSequence = NetlinkHeader.Size + sizeof(int) + 8;
        var sequence = ScriptedChannel.SequenceOf(answer) + 1;
        var renumbered = KernelMessage.Readdressed(answer, sequence);
        MemoryMarshal.Write(renumbered.AsSpan(RequestSequence), sequence);
        return renumbered;
    }
}
