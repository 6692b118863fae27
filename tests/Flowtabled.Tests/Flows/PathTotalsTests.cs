using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Flows;

public sealed class PathTotalsTests
{
    private readonly PathTotals _totals = new();

    [Fact]
    public void Nothing_has_no_shares()
    {
        Assert.True(_totals[FlowPath.Slow].IsMeasured);
        Assert.Null(_totals.ShareOfFlows(FlowPath.Slow));
        Assert.Null(_totals.ShareOfBytes(FlowPath.Slow));
    }

    [Fact]
    public void Each_path_has_its_share()
    {
        _totals[FlowPath.Hardware].Add(10, 700);
        _totals[FlowPath.Software].Add(3, 200);
        _totals[FlowPath.Software].Add(1, 100);
        _totals[FlowPath.Slow].Add(0, 0);

        Assert.Equal((2, 4ul, 300ul), (_totals[FlowPath.Software].Flows, _totals[FlowPath.Software].Packets, _totals[FlowPath.Software].Bytes));
        Assert.Equal([0.25, 0.5, 0.25], [_totals.ShareOfFlows(FlowPath.Hardware), _totals.ShareOfFlows(FlowPath.Software), _totals.ShareOfFlows(FlowPath.Slow)]);
        Assert.Equal([0.7, 0.3, 0], [_totals.ShareOfBytes(FlowPath.Hardware), _totals.ShareOfBytes(FlowPath.Software), _totals.ShareOfBytes(FlowPath.Slow)]);
    }

    [Fact]
    public void A_flow_that_is_not_counted_leaves_no_share_of_bytes()
    {
        _totals[FlowPath.Software].Add(3, 200);
        _totals[FlowPath.Slow].AddUnmeasured();

        Assert.True(_totals[FlowPath.Software].IsMeasured);
        Assert.False(_totals[FlowPath.Slow].IsMeasured);
        Assert.Null(_totals.ShareOfBytes(FlowPath.Software));
        Assert.Equal(0.5, _totals.ShareOfFlows(FlowPath.Slow));
        _totals.Clear();
        Assert.Equal(0, _totals[FlowPath.Slow].Unmeasured);
    }
}
