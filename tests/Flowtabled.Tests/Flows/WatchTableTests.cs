using System.Runtime.CompilerServices;
using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Flows;

/// <summary>Connections over time: what they carried, how fast, and where they fell out. Rounds are a second apart where nothing else is said.</summary>
public sealed class WatchTableTests
{
    private WatchTable _table = new(256);
    private long _now;

    [Fact]
    public void A_rate_is_known_from_the_second_look_and_is_smoothed()
    {
        Round(At(1, 1000));
        Assert.Null(Flow(1).Rate);
        Round(At(1, 4000));
        Assert.Equal(3000, Flow(1).Rate);
        Round(At(1, 4000));
        Assert.Equal(2500, Flow(1).Rate); // a sixth of 5 s of smoothing and 1 s
        Round(At(1, 4000), after: 60_000);
        Assert.InRange(Flow(1).Rate!.Value, 1, 200);
    }

    [Fact]
    public void Without_accounting_nothing_is_measured()
    {
        Round(At(1, null));
        Round(At(1, null));
        Assert.Equal((false, null), (Flow(1).IsMeasured, Flow(1).Rate));
        Round(At(1, null, FlowPath.Slow));
        Assert.Equal((0, 0L), (Flow(1).Falls, _table.FellOutOfSoftware));
    }

    [Fact]
    public void An_entry_that_is_made_anew_goes_on_where_the_last_one_ended()
    {
        Round(At(1, 1000));
        Round(At(1, 2000));
        Round(At(1, 0, id: 8), ended: (7, 2600));
        Assert.Equal((2600ul, 26ul), (Flow(1).Earlier.Bytes, Flow(1).Earlier.Packets));
        Assert.Equal((2600ul, 26ul), (_table.Earlier[FlowPath.Software].Bytes, _table.Earlier[FlowPath.Software].Packets));
        Assert.InRange(Flow(1).Rate!.Value, 900, 1000); // no jump
        Round(At(1, 50, id: 9)); // its end was not heard
        Assert.Equal(2600ul, Flow(1).Earlier.Bytes);
        Assert.Equal(0, Flow(1).Falls);
    }

    [Fact]
    public void The_end_of_an_entry_may_be_heard_after_the_next_was_seen()
    {
        Round(At(1, 1000));
        Round(At(1, 100, id: 8));
        Assert.Equal(1000ul, Flow(1).Earlier.Bytes);
        Round(At(1, 200, id: 8), ended: (7, 1500));
        Assert.Equal(1500ul, Flow(1).Earlier.Bytes);
        Round(At(1, 200, id: 8), ended: (7, 1500)); // once
        Assert.Equal(1500ul, Flow(1).Earlier.Bytes);
    }

    [Fact]
    public void Ends_of_others_change_nothing()
    {
        Round(At(1, 1000));
        _table.End(1, 99, Traffic(5000));
        _table.End(2, 7, Traffic(5000));
        _table.End(1, 7, null);
        Round(At(1, 0, id: 8));
        Assert.Equal(1000ul, Flow(1).Earlier.Bytes);
    }

    [Fact]
    public void One_that_had_closed_is_another_connection()
    {
        Round(At(1, 1000));
        Round(At(1, 2000, FlowPath.Slow, isClosing: true));
        Round(At(1, 300, FlowPath.Slow, id: 8));
        Assert.Equal((0ul, 0), (Flow(1).Earlier.Bytes, Flow(1).Falls));
        Assert.Equal(0ul, _table.Earlier[FlowPath.Slow].Bytes);
    }

    [Fact]
    public void Counters_that_are_set_back_cost_nothing()
    {
        Round(At(1, 1000));
        Round(At(1, 300));
        Assert.Equal((1000ul, 300.0), (Flow(1).Earlier.Bytes, Flow(1).Rate));
    }

    [Fact]
    public void One_that_goes_on_when_it_leaves_fell_out()
    {
        Round(At(1, 1000, FlowPath.Hardware), At(2, 1000));
        Round(At(1, 2000, FlowPath.Hardware), At(2, 2000));
        var since = _now;
        Round(At(1, 3000), At(2, 3000, FlowPath.Slow));
        Assert.Equal((1L, 1L), (_table.FellOutOfHardware, _table.FellOutOfSoftware));
        Assert.Equal((1, since + 1000), (Flow(1).Falls, Flow(1).Since));
        Round(At(1, 4000, FlowPath.Slow), At(2, 4000));
        Round(At(2, 5000, FlowPath.Slow));
        Assert.Equal((1L, 3L, 2), (_table.FellOutOfHardware, _table.FellOutOfSoftware, Flow(2).Falls));
    }

    [Fact]
    public void One_that_closes_or_was_idle_did_not_fall_out()
    {
        Round(At(1, 1000), At(2, 1000), At(3, 1000));
        Round(At(1, 2000), At(2, 2000), At(3, 1000));
        Round(At(1, 3000, FlowPath.Slow, isClosing: true), At(2, 2000), At(3, 1000, FlowPath.Slow)); // 3 was not seen to move
        for (var i = 0; i < 26; i++)
            Round(At(2, 2000));
        Round(At(2, 2000, FlowPath.Slow)); // it moved 28 s ago: its 30 s, which may have begun a tenth earlier, may be over
        Assert.Equal((0L, 0L), (_table.FellOutOfHardware, _table.FellOutOfSoftware));
    }

    [Fact]
    public void Rounds_that_are_too_far_apart_show_no_falls()
    {
        _table.FlowTimeout = 2_000;
        Round(At(1, 1000));
        Round(At(1, 2000), after: 10_000);
        Round(At(1, 2000, FlowPath.Slow), after: 10_000);
        Assert.Equal(0, _table.FellOutOfSoftware);
    }

    [Fact]
    public void One_that_is_missed_once_is_kept_and_one_that_comes_twice_counts_once()
    {
        Round(At(1, 1000));
        Round();
        Assert.Equal(1, _table.Count);
        Round(At(1, 2000));
        Round();
        Round();
        Assert.Equal((0, 0), (_table.Count, _table.Others));

        _table.BeginRound(_now += 1000);
        _table.Observe(At(2, 500));
        Assert.False(_table.IsRepeated);
        _table.Observe(At(2, 600));
        Assert.True(_table.IsRepeated);
    }

    [Fact]
    public void The_fastest_are_kept()
    {
        const int most = 64;
        _table = new WatchTable(most);
        var rates = new ulong[400];
        for (var i = 0; i < rates.Length; i++)
            rates[i] = (ulong)((i * 7919) % rates.Length) * 100; // all different
        for (ulong round = 1; round <= 60; round++)
        {
            Round([.. Enumerable.Range(0, rates.Length).Select(i => At((ulong)i, 1_000_000 + (rates[i] * round)))]);
            Assert.Equal((most, rates.Length - most), (_table.Count, _table.Others));
        }

        var slowestOfAll = rates.OrderDescending().Take(most).Last();
        var kept = Enumerable.Range(0, rates.Length).Where(i => IsKept((ulong)i)).Select(i => rates[i]);
        Assert.All(kept, rate => Assert.InRange(rate, slowestOfAll, ulong.MaxValue));
    }

    [Fact]
    public void Without_counters_those_that_came_first_stay()
    {
        _table = new WatchTable(64);
        for (var round = 0; round < 5; round++)
            Round([.. Enumerable.Range(0, 100).Select(i => At((ulong)i, null))]);
        Assert.All(Enumerable.Range(0, 64), i => Assert.True(IsKept((ulong)i)));
        Assert.Equal(36, _table.Others);
    }

    [Fact]
    public void Places_hold_until_they_are_void()
    {
        Round(At(1, 1));
        _table[SlotOf(1)].Client = 5;
        Round(At(1, 2));
        Assert.Equal(5, Flow(1).Client);
        _table.Unplace();
        Assert.Equal(WatchedFlow.Unplaced, Flow(1).Client);
    }

    [Fact]
    public void Rounds_allocate_nothing_and_what_has_gone_leaves_room()
    {
        _table = new WatchTable(4096);
        for (var i = 0; i < 10; i++)
            Crowd(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 10; i < 60; i++)
            Crowd(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(Unsafe.SizeOf<WatchedFlow>(), 1, 200); // as the README says

        // 1500 of which 500 are new in each round.
        void Crowd(int round)
        {
            _table.BeginRound(_now += 1000);
            for (var i = 0; i < 1500; i++)
                _table.Observe(At((ulong)((round * 500) + i), (ulong)i));
            _table.EndRound();
        }
    }

    [Fact]
    public void A_story_is_as_a_simple_account_has_it()
    {
        var random = new Random(7);
        var (paths, bytes, total) = (new FlowPath[50], new ulong[50], new ulong[50]);
        var ids = new uint[50];
        for (var round = 0; round < 500; round++)
        {
            _table.BeginRound(_now += 1000);
            for (var i = 0; i < 50; i++)
            {
                if (random.Next(10) == 0)
                {
                    if (random.Next(2) == 0)
                        _table.End((ulong)i, ids[i], Traffic(bytes[i]));
                    (ids[i], bytes[i]) = (ids[i] + 1, 0);
                }

                var moved = (ulong)random.Next(5) * 100;
                (bytes[i], total[i]) = (bytes[i] + moved, total[i] + moved);
                paths[i] = (FlowPath)random.Next(3);
                _table.Observe(At((ulong)i, bytes[i], paths[i], ids[i]));
            }

            _table.EndRound();
            for (var i = 0; i < 50; i++)
                Assert.Equal((paths[i], total[i]), (Flow((ulong)i).Path, Flow((ulong)i).Earlier.Bytes + bytes[i]));
        }
    }

    private static FlowTraffic Traffic(ulong bytes) => new(bytes / 200, bytes / 2, bytes / 200, bytes / 2);

    private static WatchSample At(ulong key, ulong? bytes, FlowPath path = FlowPath.Software, uint id = 7, bool isClosing = false) =>
        new() { Key = key, Id = id, Path = path, IsClosing = isClosing, Traffic = bytes is { } counted ? Traffic(counted) : null };

    private void Round(params WatchSample[] samples) => Round(samples, 1000, null);

    private void Round(WatchSample sample, int after = 1000, (uint Id, ulong Bytes)? ended = null) => Round([sample], after, ended);

    private void Round(WatchSample[] samples, int after, (uint Id, ulong Bytes)? ended)
    {
        if (ended is var (id, bytes))
            _table.End(samples[0].Key, id, Traffic(bytes));
        _table.BeginRound(_now += after);
        foreach (var sample in samples)
            _table.Observe(in sample);
        _table.EndRound();
    }

    private WatchedFlow Flow(ulong key) => _table[SlotOf(key)];

    private bool IsKept(ulong key) => FindSlot(key) is not null;

    private int SlotOf(ulong key) => FindSlot(key) ?? throw new InvalidOperationException($"{key} is not kept");

    private int? FindSlot(ulong key)
    {
        for (var slot = 0; slot < _table.Slots; slot++)
        {
            if (_table[slot].Key == key && _table[slot].SeenAt != 0)
                return slot;
        }

        return null;
    }
}
