using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Tests.Netlink.Nftables;

namespace Flowtabled.KernelTests.Netlink.Nftables;

/// <summary>What we write a kernel takes; nft lists it as if it had written it, and we read it back.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    private readonly NetworkNamespace _ours = new();
    private readonly NetworkNamespace _nfts = new();
    private readonly NftClient _client;

    public RoundTripTests()
    {
        _client = _ours.OpenNft();
        _ours.AddDevices();
        _nfts.AddDevices();
    }

    public void Dispose()
    {
        _client.Dispose();
        _ours.Dispose();
        _nfts.Dispose();
    }

    [Fact]
    public void Our_table()
    {
        AssertSameAsNft(Sample.Batch(), "flowtabled.nft");

        var read = _client.TryReadTable(Sample.Name)!;
        Assert.Equal(Sample.Table, read.Table with { Handle = 0, Use = 0 });
        Assert.Equal([(Sample.Exclude, Sample.Devices), (Sample.Exclude4, Sample.Addresses)], Contents(read));
        var flowtable = Assert.Single(read.Flowtables);
        Assert.Equal(Sample.Flowtable.Devices.Order(), flowtable.Devices.Order());
        Assert.Equal(Sample.Flowtable with { Devices = [], Use = 1 }, flowtable with { Devices = [], Handle = 0 });
        Assert.Equal([Sample.Chain with { Use = 3 }], read.Chains.Select(chain => chain with { Handle = 0 }));
        Assert.Equal([Sample.ReturnDevices, Sample.ReturnAddresses, Sample.Offload], Rules(read));
    }

    [Fact]
    public void Every_expression()
    {
        AssertSameAsNft(SampleExpressions.Batch(), "expressions.nft");

        var read = _client.TryReadTable(SampleExpressions.Name)!;
        Assert.Equal(SampleExpressions.Chains, read.Chains.Select(chain => chain with { Handle = 0, Use = 0 }));
        Assert.Equal(SampleExpressions.Rules.Select(Known), Rules(read).Select(Known));

        // What we do not understand the kernel lists with more attributes than it was given.
        static NftRule Known(NftRule rule) => rule with
        {
            Expressions = [.. rule.Expressions.Select(expression => expression is UnknownExpression u ? u with { Data = [] } : expression)],
        };
    }

    [Fact]
    public void Sets_of_every_kind()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        foreach (var (set, elements) in SampleSets.All)
        {
            batch.Add(set);
            batch.AddElements(set, elements.Span);
        }

        AssertSameAsNft(batch, "sets.nft");

        var read = _client.TryReadTable(T)!;
        Assert.Equal(
            SampleSets.All.Select(sample => (ForList(sample.Set), (ValueArray<NftSetElement>)[.. sample.Elements.OrderBy(element => element.Key.ToString())])),
            Contents(read));

        // The kernel knows the fields only of sets that have them as intervals.
        static NftSet ForList(NftSet set) =>
            set.Flags.HasFlag(NftSetFlags.Concatenation) ? set : set with { Key = set.Key with { Fields = [] } };
    }

    [Fact]
    public void What_is_deleted_is_gone()
    {
        Assert.Equal(NftCommitResult.Committed, _client.Commit(Sample.Batch()));
        var before = _client.TryReadTable(Sample.Name)!;

        var batch = new NftBatch();
        batch.DeleteRule(Sample.Name, "forward", before.Rules[0].Handle);
        batch.Insert(Sample.ReturnDevices with { Comment = "first" }, before: before.Rules[1].Handle);
        batch.Append(Sample.ReturnDevices with { Comment = "third" }, after: before.Rules[1].Handle);
        batch.Replace(Sample.Offload with { Handle = before.Rules[2].Handle, Comment = "last" });
        batch.DeleteElements(Sample.Exclude, Sample.Devices.Span[..1]);
        batch.DeleteElements(Sample.Exclude4, Sample.Addresses.Span[..1]);
        batch.RemoveDevices(Sample.Name, "sw", ["eth0"]);
        _client.Commit(batch);

        var after = _client.TryReadTable(Sample.Name)!;
        Assert.Equal(["first", null, "third", "last"], after.Rules.Select(rule => rule.Comment));
        Assert.Equal(
            [Sample.ReturnDevices, Sample.ReturnAddresses, Sample.ReturnDevices, Sample.Offload with { Comment = null }],
            Rules(after).Select(rule => rule with { Comment = null }));
        Assert.Equal([Sample.Devices[1], Sample.Addresses[1]], after.Sets.SelectMany(content => content.Elements));
        Assert.Equal(["eth1", "eth2"], after.Flowtables[0].Devices.Order());

        batch.Clear();
        batch.FlushChain(Sample.Name, "forward");
        batch.DeleteChain(Sample.Name, "forward");
        batch.DeleteFlowtable(Sample.Name, "sw");
        batch.FlushSet(Sample.Name, "exclude");
        batch.DeleteSet(Sample.Name, "exclude4");
        _client.Commit(batch);

        var left = _client.TryReadTable(Sample.Name)!;
        Assert.Equal([(Sample.Exclude, (ValueArray<NftSetElement>)[])], Contents(left));
        Assert.Equal(0, left.Rules.Count + left.Chains.Count + left.Flowtables.Count);

        batch.Clear();
        batch.DeleteTable(Sample.Name);
        _client.Commit(batch);
        Assert.Null(_client.TryReadTable(Sample.Name));
        Assert.Empty(NftListing.Members(_ours.ListRuleset()));
    }

    [Fact]
    public void A_check_changes_nothing()
    {
        var generation = _client.GetGeneration().Id;
        _client.Check(Sample.Batch());
        Assert.Null(_client.TryGetTable(Sample.Name));
        Assert.Equal(generation, _client.GetGeneration().Id);
    }

    private void AssertSameAsNft(NftBatch batch, string script)
    {
        Assert.Equal(NftCommitResult.Committed, _client.Commit(batch));
        _nfts.RunNft(script);

        var theirs = NftListing.Members(_nfts.ListRuleset());
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, NftListing.Members(_ours.ListRuleset()));
    }

    private static IEnumerable<NftRule> Rules(NftSnapshot snapshot) => snapshot.Rules.Select(rule => rule with { Handle = 0 });

    private static IEnumerable<(NftSet, ValueArray<NftSetElement>)> Contents(NftSnapshot snapshot) => snapshot.Sets.Select(content => (
        content.Set with { Handle = 0 }, (ValueArray<NftSetElement>)[.. content.Elements.Select(element => element with { Expiration = default })]));
}
