using Flowtabled.Metrics;

namespace Flowtabled.Tests.Metrics;

/// <summary>Prometheus' conventions of names.</summary>
public sealed class MetricTableTests
{
    [Fact]
    public void Names_are_unique_whatever_a_form_adds_to_them() =>
        Assert.Distinct(MetricTable.All.SelectMany(static metric => new[] { metric.Name, metric.SampleName }.Distinct()));

    [Fact]
    public void Every_metric_is_in_the_table()
    {
        var fields = typeof(MetricTable).GetFields().Where(static field => field.FieldType == typeof(Metric)).Select(static field => field.GetValue(null));

        Assert.Equal(fields, MetricTable.All);
    }

    [Fact]
    public void Names_begin_with_the_program_and_have_small_letters() =>
        Assert.All(MetricTable.All, static metric => Assert.Matches("^flowtabled(_[a-z]+)+$", metric.Name));

    [Fact]
    public void Only_counters_end_in_total() =>
        Assert.All(MetricTable.All, static metric => Assert.False(metric.Name.EndsWith("_total", StringComparison.Ordinal)));

    [Fact]
    public void A_unit_ends_the_name() => Assert.All(
        MetricTable.All,
        static metric => Assert.True(metric.Unit is null || metric.Name.EndsWith($"_{metric.Unit}", StringComparison.Ordinal), metric.Name));

    // "le" and "quantile" mean something to Prometheus, and "job" and "instance" are its own.
    [Fact]
    public void No_label_is_a_hosts_or_a_flows_or_reserved()
    {
        string[] known = ["code", "commit", "device", "path", "runtime", "severity", "state", "version", "zone"];

        Assert.Equal(known, MetricTable.All.SelectMany(static metric => metric.Labels).Distinct().Order());
    }

    [Fact]
    public void Help_is_a_line_that_needs_no_escapes() =>
        Assert.All(MetricTable.All, static metric => Assert.DoesNotMatch("[\"\\\\\n]|^$", metric.Help));
}
