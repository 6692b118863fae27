using System.Text.Json;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled flows</c> of a router with traffic.</summary>
public sealed class FlowsTests
{
    [Fact]
    public void A_flow_is_where_conntrack_has_it()
    {
        using var topology = new Topology("--lan bridge --nat");
        using var daemon = new RunningDaemon(topology);
        using var flow = new RunningFlow();
        daemon.AwaitCalm();

        var call = ProgramCall.Run(topology, "flows --json --port 5001 --sort rate");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Checker.AssertFits("flows", call);
        Checker.AssertFits("flows", ProgramCall.Run(topology, "flows --json"));
        var shown = Assert.Single(call.Json.GetProperty("flows").EnumerateArray());
        Assert.Equal("software", shown.GetProperty("path").GetString());
        Assert.False(shown.GetProperty("is_half").GetBoolean());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("why_slow").ValueKind);
        Assert.Equal("udp", shown.GetProperty("protocol").GetString());
        Assert.True(shown.GetProperty("source_nat").GetBoolean());
        Assert.Equal("br-lan lan", End(shown.GetProperty("client")));
        Assert.Equal("wan wan", End(shown.GetProperty("server")));
        Assert.Equal(1, call.Json.GetProperty("totals").GetProperty("software").GetProperty("flows").GetInt32());
        Assert.Empty(ProgramCall.Run(topology, "flows --json --path slow --port 5001").Json.GetProperty("flows").EnumerateArray());
        Assert.Single(ProgramCall.Run(topology, "flows --json --zone wan --port 5001").Json.GetProperty("flows").EnumerateArray());
        Assert.Equal(
            new ProgramCall(2, "", "flowtabled flows: the firewall has no zone 'guest': lan, wan\n"), ProgramCall.Run(topology, "flows --json --zone guest"));
    }

    [Fact]
    public void Text_fits_80_columns()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        using var flow = new RunningFlow();

        var call = ProgramCall.Run(topology, "flows");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Assert.All(call.Output.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches(@"\nsw    udp    192\.\S+ +198\.51\.100\.1:5001 ", call.Output);
    }

    [Fact]
    public void An_excluded_device_is_why_a_flow_is_slow()
    {
        using var topology = new Topology("");
        topology.Commit("flowtabled", "config device\n\toption name 'lan'\n\toption exclude '1'\n");
        using var daemon = new RunningDaemon(topology);
        using var traffic = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        traffic.AwaitRunning();

        var call = ProgramCall.Run(topology, "flows --json --port 5001");

        var shown = Assert.Single(call.Json.GetProperty("flows").EnumerateArray());
        Assert.Equal("slow excluded", $"{shown.GetProperty("path").GetString()} {shown.GetProperty("why_slow").GetString()}");
    }

    [Theory]
    [InlineData("flows --host nowhere", "'nowhere' is no IP address")]
    [InlineData("flows --port 65536", "--port is a number from 1 to 65535, not '65536'")]
    [InlineData("flows --limit 0", "--limit is a number from 1 to 100000, not '0'")]
    public void What_cannot_be_meant_is_refused(string command, string complaint)
    {
        using var topology = new Topology("");

        Assert.Equal(new ProgramCall(2, "", $"flowtabled flows: {complaint}\n"), ProgramCall.Run(topology, command));
    }

    // Device and zones.
    private static string End(JsonElement end) =>
        $"{end.GetProperty("device").GetString()} {string.Join(' ', end.GetProperty("zones").EnumerateArray())}";
}
