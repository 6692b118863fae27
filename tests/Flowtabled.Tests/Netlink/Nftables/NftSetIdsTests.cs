using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Netlink.Nftables;

public class NftSetIdsTests
{
    private static readonly NftTableName s_first = new(NftFamily.Inet, "first");
    private static readonly NftTableName s_second = new(NftFamily.Inet, "second");

    private readonly NftSetIds _sets = new();

    [Fact]
    public void Sets_of_one_name_in_two_tables_have_their_own_number_and_elements()
    {
        var (one, two) = (Set(s_first), Set(s_second));
        var (first, second) = (_sets.Add(one), _sets.Add(two));

        Assert.NotEqual(first, second);
        Assert.Equal(first, _sets.Find(one));
        Assert.Equal(second, _sets.Find(two));
        Assert.True(_sets.TakeEmpty(one));
        Assert.False(_sets.TakeEmpty(one));
        Assert.True(_sets.TakeEmpty(two));
        _sets.Table = s_first;
        Assert.Equal(first, _sets.Find("devices"));
        Assert.Null(_sets.Find("others"));
    }

    [Fact]
    public void A_set_that_is_made_again_is_the_later_one_and_empty()
    {
        var set = Set(s_first);
        _sets.Add(set);
        Assert.True(_sets.TakeEmpty(set));

        var again = _sets.Add(set);

        Assert.Equal(again, _sets.Find(set));
        Assert.True(_sets.TakeEmpty(set));
    }

    private static NftSet Set(NftTableName table) => new(table, "devices", NftSetKey.OfMeta(NfTables.NFT_META_IIFNAME));
}
