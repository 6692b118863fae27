using Flowtabled.Daemon;

namespace Flowtabled.Tests.Daemon;

public sealed class PassTimerTests
{
    private readonly PassTimer _timer = new();

    [Fact]
    public void Nothing_is_due_without_an_event() => Assert.Null(_timer.DueIn(1_000));

    [Fact]
    public void A_single_event_is_due_when_it_has_settled()
    {
        _timer.Mark(1_000);
        Assert.Equal(PassTimer.Settle, _timer.DueIn(1_000));
        Assert.Equal(0, _timer.DueIn(1_000 + PassTimer.Settle));
    }

    [Fact]
    public void A_pass_covers_every_event_so_far()
    {
        _timer.Mark(1_000);
        _timer.Mark(1_001);
        _timer.Begin(1_003);
        Assert.False(_timer.IsPending);
        Assert.Null(_timer.DueIn(5_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_hundred_events_make_at_most_three_passes(int gap)
    {
        Assert.InRange(PassesOf(events: 100, gap), 1, 3);
    }

    [Fact]
    public void A_burst_without_an_end_gets_a_pass_once_a_second()
    {
        Assert.InRange(PassesOf(events: 1_000, gap: 10), 9, 12);
    }

    [Fact]
    public void After_calm_the_next_event_is_a_first_one_again()
    {
        _timer.Mark(1_000);
        _timer.Begin(1_002);
        _timer.Mark(1_002 + PassTimer.Calm);
        Assert.Equal(PassTimer.Settle, _timer.DueIn(1_002 + PassTimer.Calm));
    }

    [Fact]
    public void Soon_after_a_pass_that_came_late_an_event_is_one_of_more()
    {
        _timer.Mark(1_000);
        _timer.Begin(1_300);
        _timer.Mark(1_400);
        Assert.Equal(PassTimer.Quiet, _timer.DueIn(1_400));
    }

    private int PassesOf(int events, int gap)
    {
        var passes = 0;
        long now = 10_000;
        for (var sent = 0; sent < events || _timer.IsPending; now++)
        {
            for (; sent < events && 10_000 + (sent * gap) <= now; sent++)
                _timer.Mark(now);
            if (_timer.DueIn(now) == 0)
            {
                _timer.Begin(now);
                passes++;
            }
        }

        return passes;
    }
}
