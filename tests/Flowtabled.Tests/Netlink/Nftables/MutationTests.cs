using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>Cut and changed messages are refused with the documented exception, or read.</summary>
public class MutationTests
{
    private static readonly string[] Fixtures =
    [
        "nft/changes.list.hex", "nft/expressions.list.hex", "nft/flowtabled.list.hex", "nft/owned.list.hex", "nft/sets.list.hex",
        "nft/changes.event.hex", "nft/expressions.sent.hex", "nft/sets.sent.hex",
    ];

    public static TheoryData<int> Decoders =>
    [
        NFT_MSG_NEWTABLE, NFT_MSG_NEWCHAIN, NFT_MSG_NEWRULE, NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM, NFT_MSG_NEWFLOWTABLE, NFT_MSG_NEWOBJ,
        NFT_MSG_NEWGEN,
    ];

    [Theory]
    [MemberData(nameof(Decoders))]
    public void A_mutated_message_is_read_or_refused(int type) => StructuredMutation.Check(Messages(type), NfGenMessage.Size, Decode);

    [Theory]
    [MemberData(nameof(Decoders))]
    public void A_cut_message_is_read_or_refused(int type) => StructuredMutation.Cut(Messages(type), NfGenMessage.Size, Decode);

    private static List<byte[]> Messages(int type)
    {
        byte[] wireType = [(byte)type, NfNetlink.NFNL_SUBSYS_NFTABLES];
        var messages = Fixtures.SelectMany(Recording.Messages).Where(message => message.AsSpan(4, 2).SequenceEqual(wireType));
        return [.. messages.DistinctBy(Convert.ToHexString)];
    }

    private static void Decode(byte[] datagram)
    {
        var decoded = new Decoded();
        decoded.Read(datagram);
        foreach (var elements in decoded.Elements)
        {
            foreach (var flags in (NftSetFlags[])[NftSetFlags.None, NftSetFlags.Interval, NftSetFlags.Interval | NftSetFlags.Concatenation])
                SetElementCodec.Assemble(SampleSets.All[0].Set with { Flags = flags }, [.. elements]);
        }

        // What was read can be printed, compared and hashed.
        foreach (var rule in decoded.Rules)
        {
            Assert.True(rule.IsSameAs(rule with { Handle = ~rule.Handle }));
            Assert.NotEmpty(rule.ToString());
            _ = rule.GetHashCode();
        }
    }
}
