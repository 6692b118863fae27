using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Flows;

namespace Flowtabled.Tests.Daemon.Watch;

/// <summary>What subscribers are told of.</summary>
public sealed class FlowCensusTests
{
    [Fact]
    public void One_that_comes_as_another_goes_is_news_and_one_on_the_slow_path_is_none()
    {
        var before = Count((FlowPath.Software, 7), (FlowPath.Hardware, 8), (FlowPath.Slow, 9));

        Assert.Equal((1, 1, 1), (before[FlowPath.Hardware], before[FlowPath.Software], before[FlowPath.Slow]));
        Assert.True(Count((FlowPath.Hardware, 8), (FlowPath.Software, 7)).HasSameOffloaded(before));
        Assert.False(Count((FlowPath.Software, 70), (FlowPath.Hardware, 8)).HasSameOffloaded(before));
        Assert.False(Count((FlowPath.Software, 8), (FlowPath.Hardware, 7)).HasSameOffloaded(before));
        before.Clear();
        Assert.True(before.HasSameOffloaded(Count()));
        Assert.Equal(0, before[FlowPath.Slow]);
    }

    private static FlowCensus Count(params (FlowPath Path, ulong Key)[] flows)
    {
        var census = new FlowCensus();
        foreach (var (path, key) in flows)
            census.Add(path, key);
        return census;
    }
}
