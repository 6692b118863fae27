using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Flows;

public sealed class FlowFactsTests
{
    private static readonly FlowFacts Fine = new()
    {
        IsOffloadable = true,
        IsEstablished = true,
        HasTable = true,
        Client = FlowEnd.Inside,
        Server = FlowEnd.Inside,
    };

    [Fact]
    public void What_is_not_found_out_is_not_guessed()
    {
        Assert.Equal(SlowReason.Unknown, Fine.WhySlow);
        Assert.Equal(SlowReason.Unknown, new FlowFacts { IsOffloadable = true, IsEstablished = true }.WhySlow);
    }

    [Fact]
    public void The_first_that_keeps_it_from_being_offloaded_is_the_reason()
    {
        Assert.Equal(SlowReason.Protocol, (Fine with { IsOffloadable = false, IsEstablished = false, Client = FlowEnd.Router }).WhySlow);
        Assert.Equal(SlowReason.Local, (Fine with { Client = FlowEnd.Router, IsEstablished = false }).WhySlow);
        Assert.Equal(SlowReason.Local, (Fine with { Server = FlowEnd.Router, Client = FlowEnd.Outside }).WhySlow);
        Assert.Equal(SlowReason.NotEstablished, (Fine with { IsEstablished = false, HasHelper = true }).WhySlow);
        Assert.Equal(SlowReason.Helper, (Fine with { HasHelper = true, IsAdjusted = true }).WhySlow);
        Assert.Equal(SlowReason.SequenceAdjustment, (Fine with { IsAdjusted = true, HasTable = false }).WhySlow);
        Assert.Equal(SlowReason.NoTable, (Fine with { HasTable = false, Client = FlowEnd.Outside }).WhySlow);
        Assert.Equal(SlowReason.NoTable, (Fine with { HasTable = false, IsHeld = true }).WhySlow);
        Assert.Equal(SlowReason.Held, (Fine with { IsHeld = true, IsExcluded = true }).WhySlow);
        Assert.Equal(SlowReason.Excluded, (Fine with { IsExcluded = true, Client = FlowEnd.Outside }).WhySlow);
        Assert.Equal(SlowReason.Excluded, (Fine with { Client = FlowEnd.Outside, Server = FlowEnd.Excluded }).WhySlow);
        Assert.Equal(SlowReason.Device, (Fine with { Server = FlowEnd.Outside }).WhySlow);
    }

    [Theory]
    [InlineData(FlowEnd.Inside, FlowEnd.Inside, false)]
    [InlineData(FlowEnd.Inside, FlowEnd.Outside, true)]
    [InlineData(FlowEnd.Excluded, FlowEnd.Inside, true)]
    [InlineData(FlowEnd.Outside, FlowEnd.Outside, false)]
    [InlineData(FlowEnd.Inside, FlowEnd.Unknown, false)]
    public void With_one_end_in_the_flowtable_one_direction_is_fast(FlowEnd client, FlowEnd server, bool isHalf)
        => Assert.Equal(isHalf, (Fine with { Client = client, Server = server }).IsHalf);
}
