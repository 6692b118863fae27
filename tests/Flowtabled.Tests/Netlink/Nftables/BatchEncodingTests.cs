using Flowtabled.Netlink.Nftables;
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
}
