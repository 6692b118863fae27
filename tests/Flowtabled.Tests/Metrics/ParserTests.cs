using System.Text.Json;
using Flowtabled.Metrics;
using Flowtabled.Tests.Status;

namespace Flowtabled.Tests.Metrics;

/// <summary>What Prometheus' own client for Python, whose parser of OpenMetrics is a strict one, makes of both forms.</summary>
public sealed class ParserTests : IDisposable
{
    private const string Strict = "prometheus_client.openmetrics.parser";
    private const string Older = "prometheus_client.parser";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(Strict, true)]
    [InlineData(Older, false)]
    public async Task It_reads_what_was_written(string parser, bool isOpenMetrics)
    {
        var text = StatusMetrics.Write(Reports.Busy, isOpenMetrics);

        var families = await Parse(parser, text);

        var values = text.Split('\n').Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split(' ')[^1]);
        Assert.Equal(values, families.SelectMany(static family => family.Values));
        Assert.All(families, family =>
        {
            var metric = Assert.Single(MetricTable.All, metric => metric.Name == family.Name);
            Assert.Equal(metric.IsCounter ? "counter" : "gauge", family.Type);
            Assert.Equal(metric.Help, family.Help);
            Assert.Equal((isOpenMetrics ? metric.Unit : null) ?? "", family.Unit);
        });
    }

    [Theory]
    [InlineData(Strict, true)]
    [InlineData(Older, false)]
    public async Task It_reads_every_label_as_it_was(string parser, bool isOpenMetrics)
    {
        const string label = "a\"b\\c\nd\\n{e=\"f\"},\u00e9\u4e2d #";
        var text = new MetricsText(isOpenMetrics);
        text.Add(MetricTable.DeviceHooked, true, label);

        var family = Assert.Single(await Parse(parser, text.End()));

        Assert.Equal([label], family.Labels);
    }

    // No text is right for both: this one has to stay two.
    [Fact]
    public async Task Each_form_is_no_good_as_the_other()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Parse(Strict, StatusMetrics.Write(Reports.Busy, isOpenMetrics: false)));
        Assert.Contains(await Parse(Older, StatusMetrics.Write(Reports.Busy, isOpenMetrics: true)), static family => family.Type == "unknown");
    }

    private async Task<List<Family>> Parse(string parser, string text)
    {
        await File.WriteAllTextAsync(_file, text, TestContext.Current.CancellationToken);
        var (status, output, error) = await Bash.RunAsync(
            "/usr/bin/python3 $1 $2 $3", Path.Combine(AppContext.BaseDirectory, "metrics", "families.py"), parser, _file);
        if (status != 0)
            throw new InvalidOperationException(error);
        return [.. JsonDocument.Parse(output).RootElement.EnumerateArray().Select(static family => new Family(family))];
    }

    private sealed class Family(JsonElement json)
    {
        public string Name => json[0].GetString()!;

        public string Type => json[1].GetString()!;

        public string Unit => json[2].GetString()!;

        public string Help => json[3].GetString()!;

        public IEnumerable<string> Values => json[4].EnumerateArray().Select(static sample => sample[1].GetString()!);

        public IEnumerable<string> Labels => json[4].EnumerateArray().SelectMany(static sample => sample[0].EnumerateArray()).Select(static label => label.GetString()!);
    }
}
