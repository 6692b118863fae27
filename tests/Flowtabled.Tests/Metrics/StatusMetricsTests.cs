using System.Text;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Metrics;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Status;
using Flowtabled.Tests.Status;

namespace Flowtabled.Tests.Metrics;

public sealed class StatusMetricsTests
{
    private static readonly StatusReport Unknown = Reports.Idle with
    {
        Wish = null,
        Table = new TableStatus(TableState.Foreign, "pid 7 (nft)", null),
        Flows = new FlowStatus(null, null, "count connections: EINVAL (Invalid argument)"),
    };

    public static TheoryData<string> Files => ["busy.openmetrics", "busy.prom", "unknown.openmetrics"];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_what_the_file_has(string file)
    {
        var report = file.StartsWith("busy", StringComparison.Ordinal) ? Busy() : Unknown;
        var build = BuildVersion.Current;
        var text = StatusMetrics.Write(report, isOpenMetrics: file.EndsWith(".openmetrics", StringComparison.Ordinal));

        var shown = text.Replace(
            $"version=\"{build.Number}\",commit=\"{build.Commit}\",runtime=\"{build.Runtime}\"", "version=\"V\",commit=\"C\",runtime=\"R\"", StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(Fixture.Read($"metrics/{file}")), shown);
    }

    [Fact]
    public void A_busy_router_has_every_metric()
    {
        var text = StatusMetrics.Write(Busy(), isOpenMetrics: false);

        Assert.All(MetricTable.All, metric => Assert.Contains($"\n# TYPE {metric.SampleName} ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_measured_is_absent()
    {
        var totals = new PathTotals();
        totals[FlowPath.Slow].AddUnmeasured();
        var text = StatusMetrics.Write(
            Busy() with
            {
                Flows = new FlowStatus(null, new ConntrackCounts(1, 0, 0), null) { Totals = totals },
                Health = Reports.Busy.Health! with { IsMeasured = false },
                Accounting = false,
            },
            isOpenMetrics: false);

        Assert.Contains("flowtabled_flows{path=\"slow\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("flowtabled_flows_unmeasured{path=\"slow\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_bytes{path=\"slow\"}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_packets{path=\"slow\"}", text, StringComparison.Ordinal);
        Assert.Contains("flowtabled_flows_carried_bytes{path=\"hardware\"} 0\n", text, StringComparison.Ordinal); // No flow carried nothing.
        Assert.Contains("flowtabled_hardware_flows{device=\"pppoe-wan\"} 5\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("half_flows", text, StringComparison.Ordinal);
        Assert.DoesNotContain("unused_flows", text, StringComparison.Ordinal);
        Assert.DoesNotContain("silent_flows", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fell_out", text, StringComparison.Ordinal);
        Assert.DoesNotContain("entries_limit", text, StringComparison.Ordinal);
        Assert.DoesNotContain("offloaded_flows", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_of_a_code_are_one_value()
    {
        var finding = new Finding(FindingSeverity.Error, "b", "", "wan");
        var text = StatusMetrics.Write(
            Reports.Idle with { Findings = [finding, finding with { Code = "a" }, finding with { Place = "lan" }] }, isOpenMetrics: false);

        Assert.Contains("flowtabled_findings{severity=\"error\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("flowtabled_findings_by_code{code=\"a\"} 1\nflowtabled_findings_by_code{code=\"b\"} 2\n", text, StringComparison.Ordinal);
    }

    // What the status' own tests do without.
    private static StatusReport Busy() => Reports.Busy with
    {
        Daemon = Reports.Busy.Daemon! with { Refusals = 4 },
        Flows = Reports.Busy.Flows with { Connections = Reports.Busy.Flows.Connections!.Value with { Maximum = 65536 } },
    };
}
