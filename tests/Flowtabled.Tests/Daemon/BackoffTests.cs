using Flowtabled.Daemon;

namespace Flowtabled.Tests.Daemon;

public sealed class BackoffTests
{
    [Fact]
    public void It_doubles_from_a_second_to_a_minute()
    {
        var backoff = new Backoff();
        var delays = new List<int?>();
        for (var i = 0; i < 8; i++)
        {
            backoff.Refused(0);
            delays.Add(backoff.DueIn(0));
        }

        Assert.Equal([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000], delays);
        Assert.Equal(8, backoff.Refusals);
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
        Assert.Equal(0, backoff.Refusals);
    }
}
