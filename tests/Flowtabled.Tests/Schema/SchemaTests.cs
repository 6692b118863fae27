using Flowtabled.Cli;
using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Status;
using Flowtabled.Tests.Netlink.Conntrack;
using Flowtabled.Tests.Status;

namespace Flowtabled.Tests.Schema;

/// <summary>What is printed as JSON is as src/schema says, by the judgement of Python's jsonschema.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "schema");

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_status_is_as_its_schema_says()
    {
        Assert.Equal("", await Complaints("status", Status(Reports.Busy)));
        Assert.Equal("", await Complaints("status", Status(Reports.Idle)));
        Assert.Equal("", await Complaints("status", Status(Reports.Idle with { Wish = null, Flows = new FlowStatus(null, null, "EINVAL") })));
        Assert.Equal("", await Complaints("status", Status(Reports.Busy with { Health = Reports.Busy.Health! with { IsMeasured = false } })));
    }

    [Theory]
    [InlineData("ct/dump.hex")]
    [InlineData("ct/offloaded.hex")]
    [InlineData("ct/bonds.hex")]
    public async Task Flows_are_as_their_schema_says(string recording)
    {
        var list = Read(recording);
        list.Connections[0].Client = new ConnectionEnd("br-lan", ["lan"], FlowEnd.Inside);
        list.Connections[0].Rate = ulong.MaxValue;

        Assert.Equal("", await Complaints("flows", Flows(new FlowListing(list.Totals, list.Connections, list.Chosen, HasRates: true))));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "1 was expected")]
    [InlineData("\"state\": \"ours\"", "\"state\": \"mine\"", "'mine' is not one of")]
    [InlineData("\"passes\": 12", "\"passes\": -1", "'passes': -1")]
    [InlineData("\"is_hooked\"", "\"hooked\"", "'is_hooked' is a required property")]
    [InlineData("\"bound\"", "\"held\"", "not valid under any of the given schemas")]
    public async Task What_is_not_so_is_found(string right, string wrong, string complaint) =>
        Assert.Contains(complaint, await Complaints("status", Status(Reports.Busy).Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);

    private static ConnectionList Read(string recording)
    {
        var list = new ConnectionList(new ConnectionChoice(), 100, static (left, right) => left.Entry.Id.CompareTo(right.Entry.Id), null);
        foreach (var entry in Connections.Recorded(recording))
            list.Handle(in entry);
        return list;
    }

    private static string Status(StatusReport report)
    {
        using StringWriter output = new() { NewLine = "\n" };
        JsonOutput.Write(output, json => StatusJson.Write(json, report));
        return output.ToString();
    }

    private static string Flows(FlowListing listing)
    {
        using StringWriter output = new() { NewLine = "\n" };
        JsonOutput.Write(output, json => FlowsJson.Write(json, listing));
        return output.ToString();
    }

    private async Task<string> Complaints(string schema, string json)
    {
        await File.WriteAllTextAsync(_file, json, TestContext.Current.CancellationToken);
        var (status, output, error) = await Bash.RunAsync("/usr/bin/python3 $1/complaints.py $1/$2.schema.json $3", Directory, schema, _file);
        Assert.Equal((0, ""), (status, error));
        return output;
    }
}
