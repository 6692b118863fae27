using System.Text.Json;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary>Each check of <c>flowtabled doctor</c>, passing on a good router, and failing where it can be brought to.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly Topology _topology = new("");
    private readonly string _uncommitted = Directory.CreateTempSubdirectory("flowtabled-uci").FullName;

    public DoctorTests() => Topology.InRouterShell("sysctl -qw net.netfilter.nf_conntrack_acct=1");

    public void Dispose()
    {
        _topology.Dispose();
        Directory.Delete(_uncommitted, recursive: true);
    }

    [Fact]
    public void A_good_router_is_in_order()
    {
        using var daemon = new RunningDaemon(_topology);

        var call = Run("doctor --json");

        Assert.Equal("", call.Error);
        Assert.Equal(1, call.Json.GetProperty("version").GetInt32());
        Assert.All(
            call.Json.GetProperty("checks").EnumerateArray()
                .Where(static row => row.GetProperty("check").GetString() is not ("kernel" or "runtime")),
            static row => Assert.True(
                row.GetProperty("verdict").GetString() == "ok"
                    || (!GuestKernel.HasPersistentTables && row.GetProperty("check").GetString() == "owned_table"),
                row.ToString()));
        Assert.Equal([GuestKernel.HasPersistentTables ? "ok" : "info"], Verdicts(call, "owned_table"));
        // A build for .NET 9 is out of support: that alone is a warning here.
        var isOld = Verdicts(call, "runtime").Single() == "warning";
        Assert.Equal((isOld ? 3 : 0, 0, isOld ? 1 : 0), (call.Status, Number(call, "errors"), Number(call, "warnings")));
    }

    [Fact]
    public void Text_fits_80_columns()
    {
        var call = Run("doctor");

        Assert.Equal((3, ""), (call.Status, call.Error));
        Assert.All(call.Output.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches(@"(?m)^warning +daemon +the daemon does not run", call.Output);
        Assert.Matches(@"\n\n0 errors, \d warnings?\n\z", call.Output);
    }

    [Theory]
    [InlineData("sysctl -qw net.ipv4.ip_forward=0", "sysctls", "warning", "net.ipv4.ip_forward is 0")]
    [InlineData("sysctl -qw net.ipv6.conf.all.forwarding=0", "sysctls", "info", "net.ipv6.conf.all.forwarding is 0")]
    [InlineData("sysctl -qw net.netfilter.nf_conntrack_acct=0", "sysctls", "warning", "net.netfilter.nf_conntrack_acct is 0")]
    [InlineData("sysctl -qw net.netfilter.nf_flowtable_tcp_timeout=0", "sysctls", "warning", "net.netfilter.nf_flowtable_tcp_timeout is 0")]
    [InlineData("sysctl -qw net.netfilter.nf_flowtable_udp_timeout=0", "sysctls", "warning", "net.netfilter.nf_flowtable_udp_timeout is 0")]
    [InlineData(
        "nft 'add table inet other; add flowtable inet other ft { hook ingress priority 5; devices = { wan }; }'",
        "foreign_flowtables", "info", "flowtable inet other ft has wan too, but no rule adds flows to it")]
    [InlineData(
        "nft 'add table inet other; add flowtable inet other ft { hook ingress priority 5; devices = { wan }; }; "
            + "add chain inet other c; add rule inet other c flow add @ft'",
        "foreign_flowtables", "warning", "flowtable inet other ft has wan too, and a rule adds flows to it")]
    [InlineData(
        "nft 'add table ip other; add chain ip other late { type filter hook forward priority 20; }; "
            + "add rule ip other late tcp dport 25 drop'",
        "later_chains", "warning", "chain ip other late (forward hook, priority 20) comes after ours and can drop")]
    [InlineData(
        "nft 'add table ip6 other; add chain ip6 other late { type filter hook forward priority 20; policy drop; }'",
        "later_chains", "warning", "chain ip6 other late (forward hook, priority 20) comes after ours and can drop")]
    [InlineData(
        "nft 'add table inet other; add chain inet other late { type filter hook forward priority 20; }; "
            + "add rule inet other late meta l4proto vmap { tcp : accept, udp : drop }'",
        "later_chains", "warning", "chain inet other late (forward hook, priority 20) comes after ours and can drop")]
    [InlineData(
        "nft 'add table inet other; add chain inet other late { type filter hook forward priority 20; }; add chain inet other next; "
            + "add rule inet other late jump next; add rule inet other next reject'",
        "later_chains", "warning", "chain inet other late (forward hook, priority 20) comes after ours and can drop")]
    [InlineData(
        "nft 'add table inet other; add chain inet other late { type filter hook forward priority 20; }; "
            + "add rule inet other late counter accept'",
        "later_chains", "ok", "no chain of the forward hook can drop")]
    public void What_is_amiss_in_the_kernel_is_told(string script, string check, string verdict, string message)
    {
        Topology.InRouterShell(script);

        AssertFinds(Run("doctor --json"), check, verdict, message);
    }

    [Fact]
    public void The_firewalls_own_flowtable_is_told_with_the_command_that_stops_it()
    {
        Command.Run(LabFiles.Program("topology"), "fw4-reload", "--fw4-flowtable");

        var call = Run("doctor --json");

        var row = AssertFinds(call, "foreign_flowtables", "warning", "flowtable inet fw4 ft has lan, wan too, and a rule adds flows to it");
        var command = row.GetProperty("remedy").GetString()!.Split(", or ")[^1];
        Assert.StartsWith("nft delete rule inet fw4 ", command, StringComparison.Ordinal);
        Topology.InRouterShell(command);
        AssertFinds(
            Run("doctor --json"), "foreign_flowtables", "info", "flowtable inet fw4 ft has lan, wan too, but no rule adds flows to it");
    }

    [Fact]
    public void A_broken_file_is_told_and_what_depends_on_it_was_not_checked()
    {
        _topology.Commit("firewall", "config defaults\n\tfoo\n");

        var call = Run("doctor --json");

        Assert.Equal(3, call.Status);
        AssertFinds(
            call, "configuration", "error", $"{_topology.ConfigDirectory}/firewall: Parse error (invalid command) at line 2, byte 1");
        AssertFinds(call, "devices", "warning", "not checked: the configuration cannot be read");
    }

    [Fact]
    public void A_value_that_stops_fw4_is_told()
    {
        var good = _topology.ReadPackage("firewall");
        _topology.Commit("firewall", good.Replace("flow_offloading '1'", "flow_offloading 'yes please'", StringComparison.Ordinal));

        var call = Run("doctor --json");

        Assert.Equal(3, call.Status);
        AssertFinds(call, "configuration", "error", "firewall.@defaults[0].flow_offloading, line 7: ");
        AssertFinds(call, "devices", "info", "nothing is offloaded: option flow_offloading of the firewall is off");
    }

    [Fact]
    public void Uncommitted_changes_are_told()
    {
        File.WriteAllText(Path.Combine(_uncommitted, "firewall"), "firewall.cfg01e63d.flow_offloading='0'\n");

        AssertFinds(Run("doctor --json"), "uncommitted", "warning", $"{_uncommitted}/firewall has changes that are not committed (firewall.cfg01e63d.flow_offloading)");
    }

    [Fact]
    public void No_device_to_offload_is_told()
    {
        _topology.Commit("network", "");

        AssertFinds(Run("doctor --json"), "devices", "warning", "nothing is offloaded: each device of the firewall's zones is excluded, or not there");
    }

    [Fact]
    public void A_table_of_another_program_and_the_daemons_refusal_are_told()
    {
        using var owner = new ForeignOwner();
        using var daemon = new RunningDaemon(_topology);

        var call = Run("doctor --json");

        Assert.Equal(3, call.Status);
        AssertFinds(call, "devices", "error", "table inet flowtabled: another program owns the table");
        AssertFinds(
            call, "daemon", "error", $"the daemon (pid {daemon.Process.Id}) cannot do what it should, and tries again: another program owns");
    }

    [Fact]
    public void A_plain_table_is_told()
    {
        using var daemon = new RunningDaemon(_topology, "--plain-table");

        AssertFinds(Run("doctor --json"), "owned_table", "info", "the table has no owner");
    }

    [Fact]
    public void Without_the_capability_it_says_so_and_what_it_could_not_check()
    {
        var call = Run("doctor --json", "setpriv", "--bounding-set=-net_admin");

        Assert.Equal(3, call.Status);
        AssertFinds(call, "capability", "error", "it may not change the network: CAP_NET_ADMIN is missing");
        foreach (var check in (string[])["nftables", "flow_offload", "owned_table", "devices", "foreign_flowtables", "later_chains"])
            AssertFinds(call, check, "warning", "not checked: ");
        AssertFinds(call, "configuration", "ok", "it can be read");
    }

    private ProgramCall Run(string command, params string[] wrapper) =>
        ProgramCall.Run(_topology, $"{command} --uncommitted-dir {_uncommitted}", wrapper);

    private static JsonElement AssertFinds(ProgramCall call, string check, string verdict, string message)
    {
        var rows = call.Json.GetProperty("checks").EnumerateArray().ToList();
        var row = rows.Find(row => row.GetProperty("check").GetString() == check
            && row.GetProperty("message").GetString()!.StartsWith(message, StringComparison.Ordinal));
        Assert.True(row.ValueKind != JsonValueKind.Undefined, $"no '{message}' of {check} in {call.Output}");
        Assert.Equal(verdict, row.GetProperty("verdict").GetString());
        return row;
    }

    private static IEnumerable<string> Verdicts(ProgramCall call, string check) => call.Json.GetProperty("checks").EnumerateArray()
        .Where(row => row.GetProperty("check").GetString() == check).Select(static row => row.GetProperty("verdict").GetString()!);

    private static int Number(ProgramCall call, string name) => call.Json.GetProperty(name).GetInt32();
}
