using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Health;

/// <summary>What is remembered of connections from round to round.</summary>
public sealed class FlowTableTests
{
    private readonly FlowTable _flows = new(capacity: 2);
    private long _now;

    [Fact]
    public void More_than_it_remembers_are_counted()
    {
        Round(Sample(1), Sample(2), Sample(3), Sample(4));
        Assert.Equal((2, 2), (_flows.Count, _flows.Others));

        Round(Sample(1), Sample(2));
        Assert.Equal((2, 0), (_flows.Count, _flows.Others));
    }

    [Fact]
    public void One_that_a_dump_misses_is_not_forgotten_at_once()
    {
        Round(Sample(1));
        Round();
        Assert.Single(_flows.Flows);
        Round();
        Assert.Empty(_flows.Flows);
    }

    [Fact]
    public void One_that_a_dump_brings_twice_moves_once()
    {
        Round(Sample(1, original: 10));
        Round(Sample(1, original: 20), Sample(1, original: 20));

        var flow = Assert.Single(_flows.Flows);
        Assert.Equal((1, 1, 5), (flow.Original.Run, flow.Original.Moves, flow.Original.Rate));
        Assert.Equal((0, 0, 0), (flow.Reply.Run, flow.Reply.Moves, flow.Reply.Rate));
    }

    [Fact]
    public void A_round_that_begins_again_counts_once()
    {
        Round(Sample(1), Sample(2), Sample(3));
        _flows.BeginRound(_now);
        _flows.Observe(Sample(3));
        _flows.BeginRound(_now);
        _flows.Observe(Sample(3));
        _flows.EndRound(_now + 1);

        Assert.Equal(1, _flows.Others);
    }

    [Fact]
    public void Another_path_and_another_entry_begin_to_count_anew()
    {
        Round(Sample(1, original: 10));
        Round(Sample(1, original: 20));
        Round(Sample(1, original: 30, isInHardware: true));
        var flow = Assert.Single(_flows.Flows);
        Assert.Equal((true, _now, 0), (flow.IsInHardware, flow.Since, flow.Original.Moves));

        Round(Sample(1, original: 31, isInHardware: true));
        Assert.Equal(1, flow.Original.Moves);
        Round(Sample(1, original: 1, isInHardware: true, id: 2));
        Assert.Equal((_now, 0), (flow.Since, flow.Original.Moves));
    }

    [Fact]
    public void Where_one_is_gets_certain_when_the_round_ends_that_first_saw_it_there()
    {
        Round(Sample(1), Sample(2));
        var first = _now;
        Round(Sample(1), Sample(2, isInHardware: true));
        Assert.Equal([1UL, 2UL], _flows.CertainAfter(first).Order());
        Assert.Equal([2UL], _flows.CertainAfter(first + 1));
        Assert.Equal([2UL], _flows.CertainAfter(_now));
        Assert.Empty(_flows.CertainAfter(_now + 1));
        Assert.Equal([1UL, 2UL], _flows.CertainAfter(_now + 1, others: true).Order());
        Assert.Equal([1UL], _flows.CertainAfter(_now, others: true));
        Assert.Empty(_flows.CertainAfter(first, others: true));

        Round(Sample(1, id: 2), Sample(2, isInHardware: true));
        Assert.Equal([1UL], _flows.CertainAfter(_now));
        Assert.Equal([1UL, 2UL], _flows.CertainAfter(long.MinValue).Order());
    }

    [Fact]
    public void What_was_in_software_before_stays_there()
    {
        Round(Sample(1), Sample(2, isInHardware: true));
        Assert.Equal([true, false], _flows.Flows.Select(static flow => flow.IsOlder));
        Round(Sample(1, isInHardware: true), Sample(2));
        Assert.Equal([false, false], _flows.Flows.Select(static flow => flow.IsOlder));

        foreach (var flow in _flows.Flows)
            flow.Place("lan", "wan");
        _flows.Restart();
        Assert.Equal([false, true], _flows.Flows.Select(static flow => flow.IsOlder));
        Assert.All(_flows.Flows, static flow => Assert.False(flow.IsPlaced || flow.IsEligible));

        _flows.Clear();
        Assert.Empty(_flows.Flows);
        Round(Sample(1));
        Assert.True(Assert.Single(_flows.Flows).IsOlder);
    }

    [Fact]
    public void What_is_not_counted_does_not_move()
    {
        Round(Sample(1, original: null));
        Round(Sample(1, original: 10));
        Round(Sample(1, original: null));

        var flow = Assert.Single(_flows.Flows);
        Assert.Equal((false, 0), (flow.Original.IsMeasured, flow.Original.Moves));
    }

    private static FlowSample Sample(ulong key, ulong? original = 0, bool isInHardware = false, uint id = 1) =>
        new() { Key = key, Id = id, Kind = FlowKind.Tcp4, IsInHardware = isInHardware, Original = original, Reply = 0 };

    private void Round(params FlowSample[] samples)
    {
        _now += 2000;
        _flows.BeginRound(_now);
        foreach (var sample in samples)
            _flows.Observe(in sample);
        _flows.EndRound(_now + 1);
    }
}
