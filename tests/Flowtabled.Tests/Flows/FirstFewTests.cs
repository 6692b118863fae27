using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Flows;

/// <summary>Pages of many, and the cursor between them.</summary>
public sealed class FirstFewTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(100, 100)]
    [InlineData(1000, 7)]
    public void Pages_have_each_once_and_in_order(int count, int limit)
    {
        var random = new Random(count);
        var all = Enumerable.Range(0, count).Select(i => new FlowRank((ulong)random.Next(count / 2), (ulong)i)).ToArray();
        var read = new List<FlowRank>();
        FlowRank? cursor = null;
        do
        {
            var page = new FirstFew(limit, cursor);
            var kept = new FlowRank[limit];
            random.Shuffle(all);
            foreach (var rank in all)
            {
                if (page.Offer(in rank) is >= 0 and var slot)
                    kept[slot] = rank;
            }

            var (hasMore, (slots, last)) = (page.HasMore, page.InOrder());
            Assert.InRange(slots.Length, 1, limit);
            read.AddRange(slots.Select(slot => kept[slot]));
            Assert.Equal(read[^1], last);
            cursor = hasMore ? FlowRank.Parse(last.ToString()!) : null;
        }
        while (cursor is not null);

        Assert.Equal(all.OrderBy(rank => rank.Value).ThenBy(rank => rank.Key), read);
    }

    [Fact]
    public void Nothing_is_no_page()
    {
        var page = new FirstFew(3, new FlowRank(5, 0));
        Assert.Equal(-1, page.Offer(new FlowRank(5, 0)));
        Assert.Equal(-1, page.Offer(new FlowRank(4, 9)));
        Assert.False(page.HasMore);
        var (slots, last) = page.InOrder();
        Assert.Empty(slots);
        Assert.Null(last);
    }

    [Fact]
    public void A_dump_that_begins_again_leaves_nothing_behind()
    {
        var page = new FirstFew(1, null);
        page.Offer(new FlowRank(1, 1));
        page.Offer(new FlowRank(2, 2));
        page.Clear();
        Assert.Equal((0, false), (page.Count, page.HasMore));
        Assert.Equal(0, page.Offer(new FlowRank(3, 3)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00000000000000000000000000000000-")]
    [InlineData("000000000000000g-0000000000000000")]
    [InlineData("0000000000000000-000000000000000 ")]
    [InlineData("-000000000000000-0000000000000000")]
    [InlineData("0000000000000000-00000000000000000")]
    public void What_is_no_cursor_is_none(string text) => Assert.Null(FlowRank.Parse(text));
}
