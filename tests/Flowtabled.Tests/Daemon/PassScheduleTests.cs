using Flowtabled.Daemon;

namespace Flowtabled.Tests.Daemon;

public sealed class PassScheduleTests
{
    private readonly PassSchedule _schedule = new(1_000);

    [Fact]
    public void Everything_is_read_again_at_its_interval_and_no_pass_is_due_before()
    {
        const int interval = PassSchedule.ResyncInterval;
        Assert.Equal((interval, (long?)null), (_schedule.DueIn(1_000), _schedule.PassDueIn(1_000)));
        Assert.False(_schedule.TakeResync(999 + interval));
        Assert.Equal(0, _schedule.DueIn(1_500 + interval));
        Assert.True(_schedule.TakeResync(1_500 + interval));
        Assert.False(_schedule.TakeResync(1_500 + interval));
        Assert.Equal(interval, _schedule.DueIn(1_500 + interval));
    }

    [Fact]
    public void An_event_asks_for_a_pass_until_one_begins()
    {
        _schedule.Mark(2_000);
        Assert.Equal((PassTimer.Settle, PassTimer.Settle), (_schedule.DueIn(2_000), _schedule.PassDueIn(2_000)));
        Assert.Equal(0, _schedule.PassDueIn(2_000 + PassTimer.Settle));
        _schedule.Begin(2_001);
        _schedule.End(PassResult.Settled, 2_001);
        Assert.Null(_schedule.PassDueIn(9_000));
    }

    [Theory]
    [InlineData(PassResult.Refused)]
    [InlineData(PassResult.Waiting)]
    internal void What_could_not_be_had_is_tried_for_later_and_later_until_it_is_there(PassResult result)
    {
        _schedule.End(result, 2_000);
        Assert.Equal(1_000, _schedule.PassDueIn(2_000));
        _schedule.End(result, 3_000);
        Assert.Equal(2_000, _schedule.PassDueIn(3_000));
        _schedule.Mark(3_000); // What comes first counts.
        Assert.Equal(PassTimer.Settle, _schedule.PassDueIn(3_000));
        _schedule.Begin(3_001);
        _schedule.End(PassResult.Settled, 3_001);
        Assert.Null(_schedule.PassDueIn(3_001));
    }

    [Fact]
    public void Flows_that_leave_are_looked_after_until_they_have_left()
    {
        _schedule.End(PassResult.Emptying, 2_000);
        Assert.Equal(Reconciler.EmptyingInterval, _schedule.DueIn(2_000));
        Assert.Equal(0, _schedule.PassDueIn(3_000));
        _schedule.End(PassResult.Emptying, 3_000);
        Assert.Equal(Reconciler.EmptyingInterval, _schedule.PassDueIn(3_000));
        _schedule.End(PassResult.Settled, 3_250);
        Assert.Null(_schedule.PassDueIn(9_000));
    }

    [Fact]
    public void Flows_that_do_not_leave_are_looked_after_later_and_later()
    {
        long now = 2_000;
        for (; now < 2_000 + PassSchedule.ClosestLook; now += Reconciler.EmptyingInterval)
        {
            _schedule.End(PassResult.Emptying, now);
            Assert.Equal(Reconciler.EmptyingInterval, _schedule.PassDueIn(now));
        }

        foreach (var wait in (int[])[1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
        {
            _schedule.End(PassResult.Emptying, now);
            Assert.Equal(wait, _schedule.PassDueIn(now));
            now += wait;
        }

        // What settles in between begins anew.
        _schedule.End(PassResult.Settled, now);
        Assert.Null(_schedule.PassDueIn(now));
        _schedule.End(PassResult.Emptying, now);
        Assert.Equal(Reconciler.EmptyingInterval, _schedule.PassDueIn(now));
    }
}
