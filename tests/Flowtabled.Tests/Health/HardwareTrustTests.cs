using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Health;

/// <summary>Hardware is given up for connections that starve there, after a test, and gets another chance.</summary>
public sealed class HardwareTrustTests
{
    private const string Testing = "3 connections seem to starve in the chip; whether they flow in software is being tested";
    private const string Banned = "3 connections starved in the chip and flow in software; it gets another chance after ";

    [Theory]
    [InlineData(nameof(Carrier.ChipIdle), 400, 0)]
    [InlineData(nameof(Carrier.OriginalOnly), 400, 200)]
    public void Connections_that_starve_in_the_chip_and_flow_in_software_cost_it_its_trust(string carrier, int received, int sent)
    {
        var story = new ChipStory { Wire = (received, sent) }.With(3, Enum.Parse<Carrier>(carrier)).After(12);
        Assert.Equal(Testing, story.Report.Distrust);
        Assert.True(story.Trust.IsTesting);

        story.With(3, Carrier.Stack).Rehomed().After(28);
        Assert.Equal(Testing, story.Report.Distrust);
        story.After(2);

        Assert.Equal(Banned + "5 min", story.Report.Distrust);
        Assert.False(story.Trust.IsTesting);
    }

    [Fact]
    public void Without_port_counters_one_direction_that_stands_still_is_suspicious()
    {
        var story = new ChipStory().WithoutPortCounters().With(3, Carrier.OriginalOnly, FlowKind.Udp4).After(12);

        Assert.Equal(Testing, story.Report.Distrust);
    }

    [Fact]
    public void Two_connections_are_too_few()
    {
        var story = new ChipStory { Wire = (400, 0) }.With(2, Carrier.ChipIdle).After(30);
        Assert.Null(story.Report.Distrust);

        story = new ChipStory { Wire = (400, 0) }.With(2, Carrier.OriginalOnly).After(30);
        Assert.Null(story.Report.Distrust);
    }

    [Fact]
    public void Some_that_starve_among_many_that_flow_are_no_reason()
    {
        var story = new ChipStory { Wire = (400, 0) }.With(3, Carrier.ChipIdle).With(1, Carrier.Chip, first: 9).After(30);
        Assert.Null(story.Report.Distrust);

        story = new ChipStory { Wire = (400, 200) }.With(3, Carrier.OriginalOnly).With(4, Carrier.Chip, first: 9).After(30);
        Assert.Null(story.Report.Distrust);
    }

    [Fact]
    public void Connections_that_are_as_silent_in_software_were_a_false_alarm_and_the_next_test_comes_later()
    {
        var story = new ChipStory { Wire = (400, 0) }.With(3, Carrier.ChipIdle).After(12);
        story.With(3, Carrier.Idle).After(30);
        Assert.Null(story.Report.Distrust);

        Assert.InRange(QuietFor(story), 300, 320);
        story.With(3, Carrier.Idle).After(30);
        Assert.InRange(QuietFor(story), 600, 620);
    }

    [Fact]
    public void Few_that_flow_in_software_or_more_that_flow_in_the_chip_after_all_were_a_false_alarm()
    {
        var story = new ChipStory { Wire = (400, 0) }.With(5, Carrier.ChipIdle).After(12);
        Assert.True(story.Trust.IsTesting);
        story.With(2, Carrier.Stack).With(3, Carrier.Idle, first: 3).Rehomed().After(30);
        Assert.Equal((null, false), (story.Report.Distrust, story.Trust.IsTesting));

        story = new ChipStory { Wire = (400, 0) }.With(3, Carrier.ChipIdle).After(12);
        Assert.True(story.Trust.IsTesting);
        story.With(3, Carrier.Chip).After(30);
        Assert.Equal((null, false), (story.Report.Distrust, story.Trust.IsTesting));
    }

    // Nothing is counted for these connections, so none stays for longer than its timeout; but they come back.
    private static int QuietFor(ChipStory story)
    {
        for (var seconds = 0; seconds < 10_000; seconds += 2)
        {
            if (seconds % 20 == 0)
                story.With(3, Carrier.ChipIdle).Rehomed();
            if (story.After(2).Report.Distrust is { } distrust)
            {
                Assert.Equal(Testing, distrust);
                return seconds + 2;
            }
        }

        return int.MaxValue;
    }

    [Fact]
    public void Each_ban_is_twice_as_long_and_at_most_a_day()
    {
        var story = new ChipStory { Wire = (400, 0) };
        string[] spans = [.. Enumerable.Range(0, 12).Select(_ =>
        {
            story.With(3, Carrier.ChipIdle).After(14);
            story.With(3, Carrier.Stack).Rehomed().After(30);
            var distrust = story.Report.Distrust!;
            var due = story.Trust.DueIn(0)!.Value;
            story.Trust.Expire(due);
            Assert.Null(story.Trust.Distrust);
            return distrust[Banned.Length..];
        })];

        Assert.Equal(["5 min", "10 min", "20 min", "40 min", "1 h", "2 h", "5 h", "10 h", "21 h", "24 h", "24 h", "24 h"], spans);
    }

    [Fact]
    public void What_software_forwards_hides_no_loss_and_makes_none()
    {
        // Two connections in software, 200 packets each way in a round.
        var story = new ChipStory { Wire = (1200, 1000) }.After(2).With(3, Carrier.ChipIdle).With(2, Carrier.Stack, first: 9, server: null).After(14);
        Assert.Equal(Testing, story.Report.Distrust);

        story = new ChipStory { Wire = (1200, 1180) }.After(2).With(3, Carrier.ChipIdle).With(2, Carrier.Stack, first: 9, server: null).After(30);
        Assert.Equal((null, "hardware_uncounted"), (story.Report.Distrust, Assert.Single(story.Codes)));

        story = new ChipStory { Wire = (900, 810) }.After(2).With(3, Carrier.ChipIdle).With(2, Carrier.Stack, first: 9, server: null).After(30);
        Assert.Null(story.Report.Distrust);
    }

    [Fact]
    public void A_ban_ends_by_itself()
    {
        var story = new ChipStory { Wire = (400, 0) }.With(3, Carrier.ChipIdle).After(12).With(3, Carrier.Stack).Rehomed().After(30);
        Assert.NotNull(story.Trust.DueIn(0));

        Assert.NotNull(story.After(298).Report.Distrust);
        Assert.Null(story.After(4).Report.Distrust);
        Assert.Null(story.Trust.DueIn(0));
    }

    [Fact]
    public void Who_asks_gets_hardware_as_good_as_new()
    {
        var story = new ChipStory { Wire = (400, 0) }.With(3, Carrier.ChipIdle).After(12);
        story.Trust.Pardon();
        Assert.Equal((null, false), (story.Trust.Distrust, story.Trust.IsTesting));

        story.After(2).With(3, Carrier.Stack).Rehomed().After(30);
        Assert.Equal(Banned + "5 min", story.Report.Distrust);
        story.Trust.Pardon();
        Assert.Equal((null, null), (story.Trust.Distrust, story.Trust.DueIn(0)));
    }
}
