using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled status</c> of a router in each of its states.</summary>
public sealed class StatusTests
{
    [Fact]
    public void A_daemon_at_work()
    {
        using var topology = new Topology("--lan bridge --nat");
        using var daemon = new RunningDaemon(topology);
        Topology.InRouter("conntrack", "-F"); // What was there before would end some time.
        using var flow = new RunningFlow();
        daemon.AwaitCalm();

        var call = ProgramCall.Run(topology, "status --json");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Checker.AssertFits("status", call);
        var running = call.Json.GetProperty("daemon");
        Assert.Equal(daemon.Process.Id, running.GetProperty("pid").GetInt32());
        Assert.Equal(daemon.Passes, running.GetProperty("passes").GetInt32());
        Assert.Equal(daemon.Batches, running.GetProperty("batches").GetInt32());
        Assert.Equal("""{"enabled":true,"mode":"manage","flow_offloading":true}""", Compact(call.Json.GetProperty("offload")));
        var table = call.Json.GetProperty("table");
        Assert.Equal(0, table.GetProperty("pending").GetInt32());
        Assert.Equal(GuestKernel.HasPersistentTables ? "ours" : "plain", table.GetProperty("state").GetString());
        var flows = call.Json.GetProperty("flows");
        Assert.Equal(
            $$"""{"offloaded_so_far":1,"connections":{{Tracked()}},"software":1,"hardware":0}""", Compact(flows));
        Assert.Equal(["br-lan in True", "wan in True"], Devices(call));
        Assert.Equal("[]", Compact(call.Json.GetProperty("problems")));
    }

    [Fact]
    public void Text_fits_80_columns_and_says_the_same()
    {
        using var topology = new Topology("--wan pppoe-vlan");
        using var daemon = new RunningDaemon(topology);

        var call = ProgramCall.Run(topology, "status");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Assert.All(call.Output.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches($@"\Adaemon +running for \d+s \(pid {daemon.Process.Id}, version ", call.Output);
        Assert.Matches(@"\noffload +on\n", call.Output);
        Assert.Matches(@"\npppoe-wan +wan, wan6 +moved +no +to wan: ", call.Output);
        Assert.Matches(@"\nwan +in +yes +carries pppoe-wan\n", call.Output);
    }

    [Fact]
    public void Nothing_runs_and_the_table_is_not_there()
    {
        using var topology = new Topology("");

        var call = ProgramCall.Run(topology, "status --json");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Checker.AssertFits("status", call);
        Assert.Equal("null", Compact(call.Json.GetProperty("daemon")));
        var table = call.Json.GetProperty("table");
        Assert.Equal("absent", table.GetProperty("state").GetString());
        Assert.True(table.GetProperty("pending").GetInt32() > 0);
        Assert.Equal(["lan in False", "wan in False"], Devices(call));
        Assert.Equal("null", Compact(call.Json.GetProperty("flows").GetProperty("offloaded_so_far")));
    }

    [Fact]
    public void A_crash_leaves_the_table_and_no_daemon()
    {
        using var topology = new Topology("");
        using (var daemon = new RunningDaemon(topology))
            daemon.Kill();

        var call = ProgramCall.Run(topology, "status --json");

        Assert.Equal(0, call.Status);
        Assert.Equal("null", Compact(call.Json.GetProperty("daemon")));
        var state = GuestKernel.HasPersistentTables ? "orphan" : "plain";
        Assert.Equal($$"""{"state":"{{state}}","owner":null,"pending":0}""", Compact(call.Json.GetProperty("table")));
        Assert.Equal(["lan in True", "wan in True"], Devices(call));
    }

    [Fact]
    public void A_plain_table_of_the_daemons_is_in_sync()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology, "--plain-table");

        var call = ProgramCall.Run(topology, "status --json");

        Assert.Equal("""{"state":"plain","owner":null,"pending":0}""", Compact(call.Json.GetProperty("table")));
    }

    [Fact]
    public void Changes_that_nobody_made_yet_are_pending()
    {
        using var topology = new Topology("");
        ProgramCall.Run(topology, "apply");
        topology.Commit("flowtabled", "config device\n\toption name 'lan'\n\toption exclude '1'\n");

        var call = ProgramCall.Run(topology, "status --json");

        Assert.True(call.Json.GetProperty("table").GetProperty("pending").GetInt32() > 0);
        Assert.Equal(["lan out True", "wan in True"], Devices(call));
    }

    [Fact]
    public void A_table_of_another_program_is_an_error()
    {
        using var topology = new Topology("");
        using var owner = new ForeignOwner();

        var call = ProgramCall.Run(topology, "status --json");

        Assert.Equal(3, call.Status);
        var table = call.Json.GetProperty("table");
        Assert.Equal("foreign", table.GetProperty("state").GetString());
        Assert.Matches(@"\Apid \d+ \(nft\)\z", table.GetProperty("owner").GetString()!);
        Assert.Equal("null", Compact(table.GetProperty("pending")));
        Assert.Equal("table_owned", call.Json.GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void A_broken_file_beside_the_daemon_leaves_what_it_said_in_effect()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        topology.Commit("firewall", "config defaults\n\tfoo\n");
        daemon.Process.AwaitLine("Parse error");
        daemon.AwaitCalm();

        var call = ProgramCall.Run(topology, "status --json");

        Assert.Equal(3, call.Status);
        Assert.Equal(
            [$"{topology.ConfigDirectory}/firewall: Parse error (invalid command) at line 2, byte 1; what was read before stays in effect"],
            call.Json.GetProperty("problems").EnumerateArray().Select(static problem => problem.GetString()));
        Assert.Equal("null", Compact(call.Json.GetProperty("offload")));
        Assert.Equal(["lan  True", "wan  True"], Devices(call));
    }

    [Fact]
    public void A_broken_file_without_a_daemon_changes_nothing()
    {
        using var topology = new Topology("");
        topology.Commit("firewall", "config defaults\n\tfoo\n");

        var call = ProgramCall.Run(topology, "status");

        Assert.Equal(3, call.Status);
        var text = call.Output.Replace("\n         ", " ", StringComparison.Ordinal); // lines are broken
        Assert.Contains("nothing is changed until it can be read", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_daemons_refusal_is_told()
    {
        using var topology = new Topology("");
        using var owner = new ForeignOwner();
        using var daemon = new RunningDaemon(topology);

        var call = ProgramCall.Run(topology, "status --json");

        Assert.Equal(3, call.Status);
        Checker.AssertFits("status", call);
        Assert.StartsWith(
            "another program owns the table", call.Json.GetProperty("daemon").GetProperty("refusal").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_capability_it_says_which()
    {
        using var topology = new Topology("");

        var call = ProgramCall.Run(topology, "status", "setpriv", "--bounding-set=-net_admin");

        Assert.Equal(
            new ProgramCall(1, "", "flowtabled status: reading and changing the kernel's tables takes CAP_NET_ADMIN: run it as root\n"),
            call);
    }

    // Name, outcome, and whether it is in the flowtable.
    private static string[] Devices(ProgramCall call) =>
    [
        .. call.Json.GetProperty("devices").EnumerateArray().Select(static device =>
            string.Join(
                ' ',
                device.GetProperty("device"),
                device.TryGetProperty("outcome", out var outcome) ? outcome : "",
                device.GetProperty("is_hooked"))),
    ];

    private static string Compact(JsonElement json) => Regex.Replace(json.GetRawText(), @"\s+", "");

    private static int Tracked() => int.Parse(Topology.InRouter("conntrack", "-C"), CultureInfo.InvariantCulture);
}
