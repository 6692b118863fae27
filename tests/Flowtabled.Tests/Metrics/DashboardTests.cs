using System.Text.Json;
using System.Text.RegularExpressions;
using Flowtabled.Metrics;

namespace Flowtabled.Tests.Metrics;

/// <summary>openwrt-package/extra/grafana-dashboard.json: what it asks for is there.</summary>
public sealed partial class DashboardTests
{
    private static readonly JsonElement Dashboard =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "extra", "grafana-dashboard.json"))).RootElement;

    private static readonly string[] Queries =
    [
        .. Panels().SelectMany(static panel => panel.GetProperty("targets").EnumerateArray()).Select(static target => target.GetProperty("expr").GetString()!),
        .. Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Where(static variable => variable.GetProperty("type").GetString() == "query")
            .Select(static variable => variable.GetProperty("query").GetProperty("query").GetString()!),
    ];

    [Fact]
    public void Each_metric_is_one_that_is_printed() => Assert.Subset(
        MetricTable.All.Select(static metric => metric.SampleName).ToHashSet(),
        Queries.SelectMany(static query => Name().Matches(query)).Select(static match => match.Value).ToHashSet());

    [Fact]
    public void A_counter_is_asked_for_its_rate_and_nothing_else_is() => Assert.All(
        MetricTable.All,
        static metric => Assert.All(
            Queries.Where(query => Name().Matches(query).Any(match => match.Value == metric.SampleName)),
            query => Assert.Equal(metric.IsCounter, query.Contains($"rate({metric.SampleName}", StringComparison.Ordinal))));

    [Fact]
    public void Its_labels_are_those_of_the_metrics() => Assert.Subset(
        MetricTable.All.SelectMany(static metric => metric.Labels).Append("instance").ToHashSet(),
        Queries.SelectMany(static query => Label().Matches(query)).Select(static match => match.Groups[1].Value).ToHashSet());

    [Fact]
    public void Whoever_imports_it_chooses_where_the_data_is()
    {
        Assert.Equal("datasource", Assert.Single(Dashboard.GetProperty("__inputs").EnumerateArray()).GetProperty("type").GetString());
        Assert.All(Panels(), static panel => Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString()));
    }

    [Fact]
    public void Panels_are_numbered_and_do_not_overlap()
    {
        Assert.Distinct(Panels().Select(static panel => panel.GetProperty("id").GetInt32()));
        Assert.Distinct(Panels().SelectMany(static panel => Cells(panel.GetProperty("gridPos"))));
    }

    private static JsonElement.ArrayEnumerator Panels() => Dashboard.GetProperty("panels").EnumerateArray();

    private static IEnumerable<(int X, int Y)> Cells(JsonElement position) =>
        from x in Enumerable.Range(position.GetProperty("x").GetInt32(), position.GetProperty("w").GetInt32())
        from y in Enumerable.Range(position.GetProperty("y").GetInt32(), position.GetProperty("h").GetInt32())
        select (x, y);

    [GeneratedRegex("flowtabled_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex("([a-z_]+)=~?\"")]
    private static partial Regex Label();
}
