using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>Compares what we would send with what nft sent.</summary>
internal static class BatchAssert
{
    // Of struct nlmsghdr.
    private const int SequenceOffset = 8;

    /// <summary>The batch has nft's messages, byte for byte; sequence numbers and the frame of the batch aside.</summary>
    /// <param name="fixture">What nft sent.</param>
    /// <param name="batch">What we would send.</param>
    /// <param name="adapt">Takes out of a message of nft's what we leave out on purpose.</param>
    public static void EqualsRecording(string fixture, NftBatch batch, Action<MessageNode>? adapt = null)
    {
        var theirs = Recording.Messages(fixture).ToArray()[1..^1];
        if (adapt is not null)
            theirs = Array.ConvertAll(theirs, message => Adapted(message, adapt));
        var ours = Recording.Split(batch.Messages);
        foreach (var message in theirs.Concat(ours))
            message.AsSpan(SequenceOffset, 4).Clear();

        // As text first, so that a difference reads like a trace.
        for (var i = 0; i < Math.Min(theirs.Length, ours.Count); i++)
        {
            if (HexDump.Format(theirs[i]) != HexDump.Format(ours[i]))
                Assert.Fail($"message {i}: nft sends\n{HexDump.Format(theirs[i])}\nand we\n{HexDump.Format(ours[i])}");
        }

        // The dump leaves out some flags.
        Assert.Equal(theirs, ours);
    }

    private static byte[] Adapted(byte[] message, Action<MessageNode> adapt)
    {
        var tree = Assert.Single(MessageNode.Parse(message, NfGenMessage.Size));
        adapt(tree);
        return tree.ToArray();
    }
}
