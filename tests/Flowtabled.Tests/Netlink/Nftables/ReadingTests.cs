using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What nft made with a script, and the kernel then listed, reads as what the script says.</summary>
public class ReadingTests
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    [Fact]
    public void Our_table_is_read_as_it_was_written()
    {
        var kernel = new RecordedKernel("nft/flowtabled.list.hex");
        using var client = new NftClient(kernel.Channel());
        var snapshot = client.TryReadTable(Sample.Name);
        Assert.NotNull(snapshot);
        Assert.Equal(client.GetGeneration().Id, snapshot.Generation);
        Assert.Equal(Sample.Table, snapshot.Table with { Handle = 0, Use = 0 });
        Assert.Equal(4u, snapshot.Table.Use); // A chain, two sets (the anonymous one does not count), a flowtable.
        Assert.Equal(
            [(Sample.Exclude, Sample.Devices), (Sample.Exclude4, Sample.Addresses)],
            snapshot.Sets.Select(content => (content.Set with { Handle = 0 }, content.Elements)));
        var flowtable = Assert.Single(snapshot.Flowtables);
        Assert.Equal(Sample.Flowtable.Devices.Order(), flowtable.Devices.Order());
        Assert.Equal(Sample.Flowtable with { Devices = [], Use = 1 }, flowtable with { Devices = [], Handle = 0 });
        Assert.Equal([Sample.Chain with { Use = 3 }], snapshot.Chains.Select(chain => chain with { Handle = 0 }));
        Assert.Equal(
            [Sample.ReturnDevices, Sample.ReturnAddresses, Sample.Offload],
            snapshot.Rules.Select(rule => rule with { Handle = 0 }));
        Assert.All(snapshot.Rules, rule => Assert.NotEqual(0u, rule.Handle));
        Assert.Empty(snapshot.Objects);
    }

    [Fact]
    public void Sets_and_elements_are_read_as_they_were_written()
    {
        using var client = new NftClient(new RecordedKernel("nft/sets.list.hex").Channel());
        var sets = client.GetSets(T);
        Assert.Equal(SampleSets.All.Select(sample => ForList(sample.Set)), sets.Select(set => set with { Handle = 0 }));
        foreach (var (set, expected) in SampleSets.All)
        {
            var elements = client.GetElements(set);
            Assert.All(elements, element => Assert.InRange(element.Expiration, TimeSpan.Zero, TimeSpan.FromHours(1)));
            Assert.Equal(
                expected.OrderBy(element => element.Key.ToString()),
                elements.Select(element => element with { Expiration = default }));
        }

        // A timeout that is the set's own is not the element's: nft did not send it, the kernel gives none.
        Assert.NotEqual(TimeSpan.Zero, client.GetElements(SampleSets.All[3].Set)[0].Expiration);

        // The kernel knows the fields only of sets that have them as intervals.
        static NftSet ForList(NftSet set) =>
            set.Flags.HasFlag(NftSetFlags.Concatenation) ? set : set with { Key = set.Key with { Fields = [] } };
    }

    [Fact]
    public void Rules_are_read_as_they_were_written()
    {
        using var client = new NftClient(new RecordedKernel("nft/expressions.list.hex").Channel());
        var snapshot = client.TryReadTable(T)!;
        Assert.Equal(SampleExpressions.Rules.Select(Known), snapshot.Rules.Select(rule => Known(rule with { Handle = 0 })));
        Assert.Equal(3, snapshot.Rules.Count(rule => rule.Expressions.Any(expression => expression is UnknownExpression)));
        Assert.Equal(SampleExpressions.Chains, snapshot.Chains.Select(chain => chain with { Handle = 0, Use = 0 }));
        Assert.Equal(SampleExpressions.Sets.Select(set => set.Name), snapshot.Sets.Select(content => content.Set.Name));

        // What we do not understand the kernel lists with more attributes than nft gave it.
        static NftRule Known(NftRule rule) => rule with
        {
            Expressions = [.. rule.Expressions.Select(expression => expression is UnknownExpression u ? u with { Data = [] } : expression)],
        };
    }

    [Fact]
    public void What_is_not_known_is_kept()
    {
        using var client = new NftClient(new RecordedKernel("nft/foreign.list.hex").Channel());
        var snapshot = client.TryReadTable(T)!;
        Assert.Equal(["ct", "lookup"], snapshot.Rules[0].Expressions.Select(expression => expression.Name));
        var map = Assert.IsType<LookupExpression>(snapshot.Rules[0].Expressions[1]);
        Assert.Equal((uint?)NFT_REG_VERDICT, map.Destination);
        Assert.Null(map.Anonymous);
        Assert.StartsWith("__map", map.Set, StringComparison.Ordinal);
        Assert.Equal("objref", Assert.IsType<UnknownExpression>(snapshot.Rules[1].Expressions[^1]).KernelName);
        Assert.Equal("bitwise", Assert.IsType<UnknownExpression>(snapshot.Rules[2].Expressions[1]).KernelName); // A shift.
        Assert.Equal(NftSetFlags.Map, Assert.Single(snapshot.Sets).Set.Flags);
        Assert.Equal([new NftObject(T, 1, "c1") { Use = 1 }], snapshot.Objects.Select(obj => obj with { Handle = 0 }));
    }

    [Fact]
    public void Every_table_is_listed()
    {
        using var client = new NftClient(new RecordedKernel("nft/foreign.list.hex").Channel());
        Assert.Equal(
            [
                new NftTable(T),
                new NftTable(new NftTableName(NftFamily.Netdev, "n")),
                new NftTable(new NftTableName(NftFamily.Ipv6, "six")) { Flags = NftTableFlags.Dormant, Comment = "asleep" },
            ],
            client.GetTables().Select(table => table with { Handle = 0, Use = 0 }));
        var chains = client.GetChains(new NftTableName(NftFamily.Netdev, "n"));
        Assert.Equal(["eth0", "eth1 eth2"], chains.Select(chain => string.Join(' ', chain.Hook!.Devices.Order())));
        Assert.Equal(4, client.GetChains().Count);
        Assert.Empty(client.GetRules(new NftTableName(NftFamily.Ipv6, "six")));
        Assert.Equal(3, client.GetRules().Count);
    }

    [Fact]
    public void An_owner_is_read()
    {
        using var client = new NftClient(new RecordedKernel("nft/owned.event.hex").Channel());
        var table = client.TryGetTable(T)!;
        Assert.Equal(NftTableFlags.Owner, table.Flags);
        Assert.NotEqual(0u, table.Owner);
    }

    [Fact]
    public void A_table_that_is_not_there_is_null()
    {
        var kernel = new RecordedKernel("nft/flowtabled.list.hex");
        using var client = new NftClient(kernel.Channel());
        Assert.Null(client.TryGetTable(T));
        Assert.Null(client.TryReadTable(T));
        Assert.Null(client.TryReadTable(Sample.Name with { Family = NftFamily.Ipv4 }));
    }

    [Fact]
    public void A_table_is_read_again_until_nothing_changed_meanwhile()
    {
        var kernel = new RecordedKernel("nft/flowtabled.list.hex") { Generations = new([5, 6, 6, 7, 7]) };
        using var client = new NftClient(kernel.Channel());
        Assert.Equal(7u, client.TryReadTable(Sample.Name)!.Generation);
        Assert.Equal(3, kernel.Requests.Count(type => type == NFT_MSG_GETRULE));
    }

    [Fact]
    public void A_ruleset_that_changes_all_the_time_is_given_up()
    {
        var kernel = new RecordedKernel("nft/flowtabled.list.hex") { Generations = new(Enumerable.Range(1, 41).Select(id => (uint)id)) };
        using var client = new NftClient(kernel.Channel());
        Assert.Equal(Errno.EINTR, Assert.Throws<NetlinkException>(() => client.TryReadTable(Sample.Name)).Errno);
    }

    [Fact]
    public void The_elements_of_named_sets_may_be_left_out()
    {
        var kernel = new RecordedKernel("nft/flowtabled.list.hex");
        using var client = new NftClient(kernel.Channel());
        var snapshot = client.TryReadTable(Sample.Name, withElements: false)!;
        Assert.All(snapshot.Sets, content => Assert.Empty(content.Elements));
        Assert.Equal(Sample.Offload, snapshot.Rules[2] with { Handle = 0 }); // What rules say is whole.
        Assert.Equal(1, kernel.Requests.Count(type => type == NFT_MSG_GETSETELEM));
    }

    [Fact]
    public void A_refusal_is_no_absence()
    {
        var channel = new ScriptedChannel { Otherwise = request => [KernelMessage.Error(request[0], Errno.EPERM)] };
        using var client = new NftClient(channel);
        Assert.Equal(Errno.EPERM, Assert.Throws<NetlinkException>(() => client.TryGetTable(T)).Errno);
        Assert.Equal(Errno.EPERM, Assert.Throws<NetlinkException>(() => client.TryReadTable(T)).Errno);
        Assert.Equal(Errno.EPERM, Assert.Throws<NetlinkException>(() => client.GetGeneration()).Errno);
    }
}
