using Flowtabled.Daemon;

namespace Flowtabled.Tests.Daemon;

public sealed class BackoffTests
{
    [Fact]
    public void It_doubles_from_a_second_to_a_minute()
    {
        var backoff = new Backoff();
        var delays = new List<int?>();
        for (var (i, now) = (0, 0); i < 8; i++)
        {
            backoff.Refused(now);
            delays.Add(backoff.DueIn(now));
            now += backoff.DueIn(now)!.Value;
        }

        Assert.Equal([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000], delays);
    }

    [Fact]
    public void A_try_before_its_time_puts_off_nothing()
    {
        var backoff = new Backoff();
        backoff.Refused(0);
        for (var now = 100; now < 1_000; now += 100)
        {
            backoff.Refused(now);
            Assert.Equal(1_000 - now, backoff.DueIn(now));
        }

        backoff.Refused(1_000);
        Assert.Equal(2_000, backoff.DueIn(1_000));
    }

    [Fact]
    public void It_is_due_when_its_time_has_come_and_gone_when_reset()
    {
        var backoff = new Backoff();
        Assert.Null(backoff.DueIn(0));
        backoff.Refused(500);
        Assert.Equal(400, backoff.DueIn(1_100));
        Assert.Equal(0, backoff.DueIn(9_000));
        backoff.Reset();
        Assert.Null(backoff.DueIn(9_000));
    }
}
