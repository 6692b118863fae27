using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled plan</c>: what the daemon would send, in each form.</summary>
public sealed class PlanTests
{
    [Fact]
    public void Nothing_is_changed_by_looking()
    {
        using var topology = new Topology("");

        var call = ProgramCall.Run(topology, "plan");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Assert.StartsWith("Software offload in table inet flowtabled\n", call.Output, StringComparison.Ordinal);
        Assert.Contains("create flowtable sw", call.Output, StringComparison.Ordinal);
        Assert.Equal("none", Topology.FlowtableDevices());
    }

    [Fact]
    public void The_script_is_one_that_nft_takes_and_makes_what_the_plan_says()
    {
        using var topology = new Topology("--lan bridge --wan pppoe-vlan");
        var plan = ProgramCall.Run(topology, "plan --nft --plain-table");
        var script = Path.Combine(topology.RunDirectory, "plan.nft");
        File.WriteAllText(script, plan.Output);

        Topology.InRouter("nft", "-c", "-f", script);
        Assert.Equal("none", Topology.FlowtableDevices());
        Topology.InRouter("nft", "-f", script);

        Assert.Equal((0, ""), (plan.Status, plan.Error));
        Assert.Equal("br-lan wan", Topology.FlowtableDevices());
        Assert.Contains("Nothing to change\n", ProgramCall.Run(topology, "plan --plain-table").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_the_daemon_it_is_the_daemons_plan()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);

        var call = ProgramCall.Run(topology, "plan --json");

        Assert.Equal((0, ""), (call.Status, call.Error));
        Assert.Equal(0, call.Json.GetProperty("steps").GetArrayLength());
        Assert.Equal(0, call.Json.GetProperty("findings").GetArrayLength());
        Assert.Equal(1, call.Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public void A_file_that_does_not_parse_leaves_nothing_to_plan()
    {
        using var topology = new Topology("");
        topology.Commit("firewall", "config defaults\n\tfoo\n");

        Assert.Equal(
            new ProgramCall(
                1,
                "",
                $"flowtabled plan: {topology.ConfigDirectory}/firewall: Parse error (invalid command) at line 2, byte 1; "
                    + "nothing is changed until it can be read\n"),
            ProgramCall.Run(topology, "plan"));
    }

    [Fact]
    public void What_is_doubtful_in_the_configuration_is_said_beside_the_plan()
    {
        using var topology = new Topology("");
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption counter 'perhaps'\n");

        var call = ProgramCall.Run(topology, "plan --json");

        Assert.Equal(0, call.Status);
        Assert.StartsWith("flowtabled.main.counter, line 2: ", call.Error, StringComparison.Ordinal);
        Assert.Equal("present", call.Json.GetProperty("intent").GetString());
    }

    [Fact]
    public void Two_forms_at_once_are_wrong_usage()
    {
        using var topology = new Topology("");

        Assert.Equal(
            new ProgramCall(2, "", "flowtabled plan: --json and --nft are two forms of the same: choose one\n"),
            ProgramCall.Run(topology, "plan --json --nft"));
    }

    [Fact]
    public void Without_the_capability_it_says_which()
    {
        using var topology = new Topology("");

        Assert.Equal(
            new ProgramCall(1, "", "flowtabled plan: reading and changing the kernel's tables takes CAP_NET_ADMIN: run it as root\n"),
            ProgramCall.Run(topology, "plan", "setpriv", "--bounding-set=-net_admin"));
    }
}
