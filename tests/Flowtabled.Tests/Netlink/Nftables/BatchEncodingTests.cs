using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Tests.Netlink.Mutation;
using static Flowtabled.Netlink.Uapi.NfTables;
using static Flowtabled.Tests.Netlink.Nftables.Sample;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What we write equals what nft writes for the same script.</summary>
public class BatchEncodingTests
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    [Fact]
    public void Writes_our_table_as_nft_does() => BatchAssert.EqualsRecording("nft/flowtabled.sent.hex", Batch());

    [Fact]
    public void Writes_an_owned_table_as_nft_does()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T) { Flags = NftTableFlags.Owner });
        BatchAssert.EqualsRecording("nft/owned.sent.hex", batch);
    }

    [Fact]
    public void Writes_sets_as_nft_does()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        foreach (var (set, elements) in SampleSets.All)
        {
            batch.Add(set);
            batch.AddElements(set, elements.Span);
        }

        BatchAssert.EqualsRecording("nft/sets.sent.hex", batch);
    }

    [Fact]
    public void Writes_rules_as_nft_does() => BatchAssert.EqualsRecording("nft/expressions.sent.hex", SampleExpressions.Batch(), message =>
    {
        // nft spells out the operation of some masks: the one that its absence means.
        foreach (var attribute in message.AllAttributes)
            attribute.Children?.RemoveAll(child => child.Type == NFTA_BITWISE_OP && attribute.Children.Exists(IsMask));
    });

    [Fact]
    public void Writes_changes_as_nft_does()
    {
        var names = new NftSet(T, "names", NftSetKey.Of(NftDataType.InterfaceName));
        var four = new NftSet(T, "four", NftSetKey.Of(NftDataType.Ipv4Address)) { Flags = NftSetFlags.Interval };
        var pairs = SampleExpressions.Sets[2];
        var u = new NftTableName(NftFamily.Inet, "u");
        var marks = new NftSet(u, "s", NftSetKey.Of(NftDataType.Mark));
        var rule = new NftRule(T, "forward") { Expressions = [new CounterExpression()] };
        var drop = rule with { Expressions = [new VerdictExpression(NftVerdict.Drop)] };
        var accept = rule with { Expressions = [new VerdictExpression(NftVerdict.Accept)] };

        var batch = new NftBatch();
        batch.Append(rule with
        {
            Expressions = [new MetaExpression(NFT_META_IIFNAME, NFT_REG_1), new LookupExpression(NFT_REG_1, "names"), .. rule.Expressions],
        });
        batch.Insert(rule);
        batch.Append(drop with { Comment = "after" }, after: 11);
        batch.Insert(drop with { Comment = "before" }, before: 11);
        batch.Replace(accept with { Comment = "instead", Handle = 12 });
        batch.DeleteRule(T, "forward", 13);
        batch.AddElements(names, [Device("eth2")]);
        batch.DeleteElements(names, [Device("eth0")]);
        batch.AddElements(four, [Range("0b000000", "0bffffff"), Range("ac100000", "ac1fffff")]);
        batch.DeleteElements(four, [Element("c0a80105")]);
        batch.DeleteElements(pairs, [Range("0a00000000500000", "0affffff00500000")]);
        batch.FlushSet(T, "protocols");
        batch.DeleteSet(T, "protocols");
        batch.Add(new NftFlowtable(T, "sw") { Devices = ["eth2"], Flags = NftFlowtableFlags.Counter });
        batch.RemoveDevices(T, "sw", ["eth1"]);
        batch.DeleteFlowtable(T, "none");
        batch.FlushChain(T, "forward");
        batch.DeleteChain(T, "other");
        batch.Delete(new NftObject(T, 1, "c1"));
        batch.Add(new NftTable(u), exclusive: true);
        batch.Add(new NftChain(u, "x"), exclusive: true);
        batch.Add(marks, exclusive: true);
        batch.AddElements(marks, [new NftSetElement(NftValue.Host(1))], exclusive: true);
        batch.Add(new NftFlowtable(u, "f"), exclusive: true);
        batch.DeleteTable(T);
        BatchAssert.EqualsRecording("nft/changes.sent.hex", batch, Adapt);

        static void Adapt(MessageNode message)
        {
            switch (message.Type & 0xff)
            {
                case NFT_MSG_NEWRULE:
                    // The number of a set in nft's own cache; one that was there before is found by its name.
                    foreach (var attribute in message.AllAttributes)
                        attribute.Children?.RemoveAll(child => child.Type == NFTA_LOOKUP_SET_ID && attribute.Children.Exists(IsName));
                    break;
                case NFT_MSG_NEWSETELEM when message.Attributes[0].Value[0] == 't':
                    message.Attributes.RemoveAll(attribute => attribute.Type == NFTA_SET_ELEM_LIST_SET_ID);
                    break;
                case NFT_MSG_DELSETELEM:
                    message.Attributes.Sort((left, right) => (left.Type & 0xff).CompareTo(right.Type & 0xff)); // Order means nothing.
                    break;
                case NFT_MSG_DELFLOWTABLE:
                    // Hook and priority cannot change: nft sends 0, whatever they are.
                    foreach (var attribute in message.Attributes)
                        attribute.Children?.RemoveAll(child => child.Type is NFTA_FLOWTABLE_HOOK_NUM or NFTA_FLOWTABLE_HOOK_PRIORITY);
                    break;
                case NFT_MSG_DELOBJ:
                    message.Attributes.RemoveAll(attribute => attribute.Content().Length == 0); // Data, empty.
                    break;
            }
        }
    }

    private static bool IsMask(AttributeNode attribute) => (attribute.Type & 0xff) == NFTA_BITWISE_MASK;

    private static bool IsName(AttributeNode attribute) =>
        attribute.Type == NFTA_LOOKUP_SET && attribute.Value.AsSpan().SequenceEqual("names\0"u8);
}
