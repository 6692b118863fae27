using Flowtabled.Metrics;

namespace Flowtabled.Tests.Metrics;

/// <summary>Both forms of text.</summary>
public sealed class MetricsTextTests
{
    private static readonly Metric Count = new("batches", "how often", "path") { IsCounter = true };
    private static readonly Metric Age = new("age_seconds", "how long") { Unit = "seconds" };

    [Fact]
    public void OpenMetrics_has_the_type_at_the_name_without_total_and_units_and_an_end() => Assert.Equal(
        """
        # HELP batches how often
        # TYPE batches counter
        batches_total{path="slow"} 3
        batches_total{path="fast"} 4
        # HELP age_seconds how long
        # TYPE age_seconds gauge
        # UNIT age_seconds seconds
        age_seconds 18446744073709551615
        # EOF

        """,
        Text(isOpenMetrics: true));

    [Fact]
    public void The_older_form_has_it_at_the_name_with_total() => Assert.Equal(
        """
        # HELP batches_total how often
        # TYPE batches_total counter
        batches_total{path="slow"} 3
        batches_total{path="fast"} 4
        # HELP age_seconds how long
        # TYPE age_seconds gauge
        age_seconds 18446744073709551615

        """,
        Text(isOpenMetrics: false));

    [Fact]
    public void A_label_is_escaped()
    {
        var text = new MetricsText(isOpenMetrics: true);
        text.Add(Count, 1, "a\"b\\c\nd\\n{}=,\u00e9\u4e2d");

        Assert.Contains("batches_total{path=\"a\\\"b\\\\c\\nd\\\\n{}=,\u00e9\u4e2d\"} 1\n", text.End(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_separated()
    {
        var text = new MetricsText(isOpenMetrics: false);
        text.Add(new Metric("up", "h", "a", "b"), true, "1", "");

        Assert.Equal("# HELP up h\n# TYPE up gauge\nup{a=\"1\",b=\"\"} 1\n", text.End());
    }

    [Fact]
    public void Nothing_is_an_end_alone() => Assert.Equal("# EOF\n", new MetricsText(isOpenMetrics: true).End());

    private static string Text(bool isOpenMetrics)
    {
        var text = new MetricsText(isOpenMetrics);
        text.Add(Count, 3, "slow");
        text.Add(Count, 4, "fast");
        text.Add(Age, ulong.MaxValue);
        return text.End();
    }
}
