using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Health;

/// <summary>What is concluded from how connections move.</summary>
public sealed class HardwareHealthTests
{
    [Fact]
    public void Where_all_is_well_there_is_nothing_to_say()
    {
        var story = new ChipStory { Wire = (400, 400) }.With(5, Carrier.Chip).With(2, Carrier.ChipIdle, first: 6).After(60);

        Assert.Empty(story.Codes);
        Assert.Null(story.Report.Distrust);
        Assert.Equal(new HardwareFlows(null, 7, 0, 0, 2, 0), story.Report.Sum);
        Assert.Equal([new HardwareFlows("lan", 7, 0, 0, 2, 0), new HardwareFlows("wan", 7, 0, 0, 2, 0)], story.Report.Devices);
        Assert.True(story.Report.IsMeasured);
    }

    [Theory]
    [InlineData(FlowKind.Tcp4, FlowKind.Udp4, "the driver takes no TCP")]
    [InlineData(FlowKind.Udp6, FlowKind.Tcp6, "the driver takes no UDP")]
    [InlineData(FlowKind.Tcp6, FlowKind.Tcp4, "the driver takes no IPv6")]
    [InlineData(FlowKind.Udp4, FlowKind.Udp6, "the driver takes no IPv4")]
    public void Connections_that_stay_out_are_told_with_what_they_have_in_common(FlowKind outside, FlowKind inside, string cause)
    {
        var story = new ChipStory().With(1, Carrier.Chip, inside, first: 9).After(2).With(3, Carrier.Stack, outside);

        Assert.Empty(story.After(10).Codes);
        var finding = Assert.Single(story.After(2).Report.Findings);

        Assert.Equal(("hardware_refused", FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.Equal($"connections stay in software though both ends may be in hardware: {cause}", finding.Message);
        Assert.Equal(new HardwareFlows(null, 1, 0, 0, 0, 3), story.Report.Sum);
    }

    [Fact]
    public void Kinds_that_nothing_inside_has_are_told_in_full()
    {
        var story = new ChipStory().With(1, Carrier.Chip, FlowKind.Tcp4, first: 8).With(1, Carrier.Chip, FlowKind.Udp6, first: 9).After(2)
            .With(1, Carrier.Stack, FlowKind.Tcp6).After(14);
        Assert.Equal("connections stay in software though both ends may be in hardware: the driver takes no TCP over IPv6", story.Report.Findings[0].Message);

        story = new ChipStory().With(1, Carrier.Chip, FlowKind.Udp4, first: 9).After(2)
            .With(1, Carrier.Stack, FlowKind.Tcp4).With(1, Carrier.Stack, FlowKind.Tcp6, first: 2).With(1, Carrier.Stack, FlowKind.Udp6, first: 3).After(14);
        Assert.EndsWith(": the driver takes no TCP over IPv4 or TCP over IPv6 or UDP over IPv6", story.Report.Findings[0].Message);
    }

    [Fact]
    public void A_driver_that_takes_none_is_told()
    {
        var story = new ChipStory().After(2).With(2, Carrier.Stack).After(14);

        Assert.EndsWith("the driver takes none: it refuses them (is its hw-tc-offload on?), or does not answer", Assert.Single(story.Report.Findings).Message);
    }

    [Fact]
    public void A_device_whose_connections_all_stay_out_is_named()
    {
        var story = new ChipStory().With(2, Carrier.Chip, client: "wan", first: 8).After(2).With(2, Carrier.Stack).After(14);

        Assert.Equal(("hardware_refused", "lan"), (story.Report.Findings[0].Code, story.Report.Findings[0].Place));
    }

    [Fact]
    public void A_table_that_is_full_is_told_as_such_and_its_halves_with_it()
    {
        var story = new ChipStory().With(4, Carrier.Chip, first: 20).With(4, Carrier.HalfReply, first: 30).After(2).With(10, Carrier.Stack).After(14);

        Assert.Equal(["hardware_full"], story.Codes);
        Assert.Contains("seems full with 8 of them,", story.Report.Findings[0].Message);
        Assert.Equal(new HardwareFlows(null, 8, 4, 0, 0, 10), story.Report.Sum);

        story.With(2, Carrier.Chip, first: 40).After(4); // It was full when it had eight.
        Assert.Contains("seems full with 8 of them,", Assert.Single(story.Report.Findings).Message);
    }

    [Fact]
    public void Connections_that_are_older_idle_elsewhere_or_new_are_no_refusal()
    {
        var story = new ChipStory().With(1, Carrier.Stack, first: 1).After(2)
            .With(1, Carrier.Idle, first: 2)
            .With(1, Carrier.Stack, first: 3, server: null)
            .After(60)
            .With(1, Carrier.Stack, first: 4).After(8);

        Assert.Empty(story.Codes);
        Assert.Equal(3, story.Report.Sum.Software);
    }

    [Fact]
    public void Connections_that_have_gone_quiet_are_no_refusal_any_more()
    {
        var story = new ChipStory().After(2).With(2, Carrier.Stack).After(14);
        Assert.Equal(["hardware_refused"], story.Codes);

        Assert.Equal(["hardware_refused"], story.With(2, Carrier.Idle).After(36).Codes);
        Assert.Empty(story.After(8).Codes);
    }

    [Fact]
    public void A_finding_keeps_its_words_and_ends_when_there_is_no_evidence_any_more()
    {
        var story = new ChipStory().After(2).With(2, Carrier.Stack).After(14);
        var first = story.Report.Findings[0];
        story.With(1, Carrier.Stack, first: 3).After(14);
        Assert.Equal([first], story.Report.Findings);

        story.With(3, Carrier.Chip).After(30);
        Assert.Equal([first], story.Report.Findings);
        Assert.Empty(story.After(4).Codes);
    }

    [Theory]
    [InlineData(nameof(Carrier.HalfReply), "wan")]
    [InlineData(nameof(Carrier.HalfOriginal), "lan")]
    public void The_direction_that_the_chip_refuses_is_named_by_its_device(string carrier, string device)
    {
        var story = new ChipStory().With(3, Enum.Parse<Carrier>(carrier)).After(14);

        var finding = Assert.Single(story.Report.Findings);
        Assert.Equal(("hardware_half", device), (finding.Code, finding.Place));
        Assert.EndsWith($"; what comes in by {device} the chip does not take", finding.Message);
        Assert.Equal(new HardwareFlows(null, 3, 3, 0, 0, 0), story.Report.Sum);
        Assert.Null(story.Report.Distrust);
    }

    [Fact]
    public void Halves_of_both_directions_name_no_device()
    {
        var story = new ChipStory().With(2, Carrier.HalfReply).With(2, Carrier.HalfOriginal, first: 5).After(14);

        var finding = Assert.Single(story.Report.Findings);
        Assert.Null(finding.Place);
        Assert.EndsWith("and the processor carries the other", finding.Message);
    }

    [Fact]
    public void A_few_halves_among_many_are_only_counted()
    {
        var story = new ChipStory().With(1, Carrier.HalfReply).With(5, Carrier.Chip, first: 5).After(14);

        Assert.Empty(story.Codes);
        Assert.Equal(1, story.Report.Sum.Half);
    }

    [Fact]
    public void Connections_that_the_processor_carries_all_the_same_are_told()
    {
        var story = new ChipStory().With(3, Carrier.Bypassed).After(14);

        Assert.Equal(["hardware_unused"], story.Codes);
        Assert.Equal(new HardwareFlows(null, 3, 0, 3, 0, 0), story.Report.Sum);
        Assert.Null(story.Report.Distrust);
    }

    [Fact]
    public void With_a_short_timeout_nobody_can_tell_who_carries()
    {
        var story = new ChipStory(timeout: 10_000).With(3, Carrier.Bypassed).After(60);

        Assert.Empty(story.Codes);
        Assert.Equal((3, 0), (story.Report.Sum.Hardware, story.Report.Sum.Unused));
    }

    [Fact]
    public void Without_accounting_only_what_needs_none_is_concluded()
    {
        var story = new ChipStory(isCounted: false) { Wire = (400, 0) }.With(5, Carrier.Unaccounted).After(2).With(2, Carrier.Stack, first: 9).After(38);
        Assert.Empty(story.Codes);

        story.After(4);
        Assert.Equal(["hardware_full"], story.Codes);
        Assert.Equal((5, 0), (story.Report.Sum.Hardware, story.Report.Sum.Silent));
        Assert.False(story.Report.IsMeasured);
    }

    [Fact]
    public void A_chip_that_keeps_flows_and_counts_nothing_is_not_measured()
    {
        var story = new ChipStory().WithoutPortCounters().With(1, Carrier.ChipIdle).After(40);
        Assert.Empty(story.Codes);

        var finding = Assert.Single(story.After(4).Report.Findings);
        Assert.Equal(("hardware_uncounted", FindingSeverity.Info), (finding.Code, finding.Severity));
        Assert.False(story.Report.IsMeasured);
        Assert.Null(story.Report.Distrust);
    }

    [Fact]
    public void Traffic_that_goes_out_as_it_came_in_is_not_starving_but_uncounted()
    {
        var story = new ChipStory { Wire = (400, 390) }.With(3, Carrier.ChipIdle).After(14);

        Assert.Equal(["hardware_uncounted"], story.Codes);
        Assert.Null(story.Report.Distrust);

        // That it counts nothing is known by then.
        story.Wire = (400, 100);
        Assert.Null(story.After(14).Report.Distrust);

        story.With(3, Carrier.Chip).After(40);
        Assert.Empty(story.Codes);
        Assert.True(story.Report.IsMeasured);
    }

    [Fact]
    public void Idle_connections_at_quiet_ports_are_only_silent()
    {
        var story = new ChipStory { Wire = (10, 0) }.With(20, Carrier.ChipIdle).After(30);

        Assert.Empty(story.Codes);
        Assert.Null(story.Report.Distrust);
        Assert.Equal(20, story.Report.Sum.Silent);
    }

    [Fact]
    public void Streams_of_one_direction_are_no_fault()
    {
        var story = new ChipStory { Wire = (400, 400) }.With(5, Carrier.OriginalOnly, FlowKind.Udp4).After(60);

        Assert.Empty(story.Codes);
        Assert.Null(story.Report.Distrust);
    }

    [Fact]
    public void Tcp_of_one_direction_is_a_chip_that_does_not_count_the_other()
    {
        var story = new ChipStory { Wire = (400, 400) }.With(2, Carrier.OriginalOnly).After(20);

        Assert.Equal(["hardware_uncounted"], story.Codes);
        Assert.Null(story.Report.Distrust);
    }
}
