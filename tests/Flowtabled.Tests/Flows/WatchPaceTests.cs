using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Flows;

/// <summary>How often connections are listed.</summary>
public sealed class WatchPaceTests
{
    private readonly WatchPace _pace = new();

    [Fact]
    public void Nobody_watches()
    {
        Assert.Equal(0, _pace.DueIn(5));
        _pace.Took(5, 1);
        Assert.Equal(10_000, _pace.DueIn(5));
        Assert.Equal(1, _pace.DueIn(10_004));
        Assert.Equal(0, _pace.DueIn(20_000));
    }

    [Fact]
    public void Who_asks_waits_a_tenth_of_a_second_and_is_attended_to_for_ten()
    {
        _pace.Took(0, 1);
        _pace.Ask(50);
        Assert.Equal(50, _pace.DueIn(50));
        _pace.Took(100, 1);
        Assert.Equal(900, _pace.DueIn(100));
        _pace.Took(9_100, 1);
        Assert.Equal(900, _pace.DueIn(9_100));
        _pace.Took(10_100, 1);
        Assert.Equal(10_000, _pace.DueIn(10_100));
    }

    [Fact]
    public void A_subscriber_is_attended_to_until_it_goes()
    {
        _pace.Took(0, 1);
        _pace.IsWatched = true;
        Assert.Equal(900, _pace.DueIn(0));
        _pace.Took(100_000, 1);
        Assert.Equal(900, _pace.DueIn(100_000));
        _pace.IsWatched = false;
        Assert.Equal(10_000, _pace.DueIn(100_000));
    }

    [Theory]
    [InlineData(40, 16_000, 900, 800)]
    [InlineData(200, 80_000, 4_000, 4_000)]
    public void A_round_takes_a_share_of_a_processor_at_most(double cost, long idle, long watched, long asked)
    {
        _pace.Took(0, cost);
        Assert.Equal(idle, _pace.DueIn(0));
        _pace.Ask(0);
        Assert.Equal(asked, _pace.DueIn(0));
        _pace.Took(0, cost);
        Assert.Equal(watched, _pace.DueIn(0));
    }

    [Fact]
    public void One_dear_round_is_not_believed_at_once()
    {
        _pace.Took(0, 2);
        _pace.Took(0, 100);
        Assert.Equal(26.5, _pace.Cost);
    }
}
