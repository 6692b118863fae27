using Flowtabled.Daemon;

namespace Flowtabled.Tests.Daemon;

public class FirewallWatchTests
{
    [Fact]
    public void Where_there_is_no_firewall_nothing_is_waited_for()
    {
        var watch = new FirewallWatch(isInstalled: false);

        watch.Observe(isThere: false, 0);
        watch.Expire(10_000);

        Assert.Equal((false, null), (watch.IsStopped, watch.DueIn(10_000)));
    }

    [Fact]
    public void One_that_is_installed_is_stopped_until_its_table_is_seen()
    {
        var watch = new FirewallWatch(isInstalled: true);
        watch.Observe(isThere: false, 0);
        Assert.Equal((true, null), (watch.IsStopped, watch.DueIn(0)));

        watch.Observe(isThere: true, 1);

        Assert.False(watch.IsStopped);
    }

    [Fact]
    public void Its_restart_is_no_stop()
    {
        var watch = new FirewallWatch(isInstalled: false);
        watch.Observe(isThere: true, 0);
        watch.Observe(isThere: false, 100);
        watch.Observe(isThere: false, 1_000); // The time goes from the first look at which it was away.
        Assert.Equal(FirewallWatch.Patience - 1_900, watch.DueIn(2_000));

        watch.Expire(2_000);
        watch.Observe(isThere: true, 2_050);
        watch.Expire(5_000);

        Assert.Equal((false, null), (watch.IsStopped, watch.DueIn(5_000)));
    }

    [Fact]
    public void One_that_stays_away_is_stopped()
    {
        var watch = new FirewallWatch(isInstalled: false);
        watch.Observe(isThere: true, 0);
        watch.Observe(isThere: false, 100);
        Assert.Equal(0, watch.DueIn(100 + FirewallWatch.Patience));

        watch.Expire(100 + FirewallWatch.Patience);

        Assert.Equal((true, null), (watch.IsStopped, watch.DueIn(9_999)));
    }
}
