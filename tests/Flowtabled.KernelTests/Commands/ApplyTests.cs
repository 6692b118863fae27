using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled apply</c>, with and without a daemon.</summary>
public sealed class ApplyTests
{
    private const string Devices = "lan wan";

    [Theory]
    [InlineData("apply")]
    [InlineData("apply --plain-table")]
    public void It_makes_the_table_and_then_has_nothing_to_change(string command)
    {
        using var topology = new Topology("");

        var first = ProgramCall.Run(topology, command);
        var listing = Listing();
        var second = ProgramCall.Run(topology, command);

        Assert.Equal((0, ""), (first.Status, first.Error));
        Assert.StartsWith("applied, in one batch:\n  create table inet flowtabled", first.Output, StringComparison.Ordinal);
        Assert.Equal(Devices, Topology.FlowtableDevices());
        Assert.Equal(new ProgramCall(0, "nothing to change\n", ""), second);
        Assert.Equal(listing, Listing());
    }

    [Fact]
    public void It_follows_the_configuration()
    {
        using var topology = new Topology("");
        ProgramCall.Run(topology, "apply");

        topology.Commit("flowtabled", "config device\n\toption name 'wan'\n\toption exclude '1'\n");
        Assert.Equal(0, ProgramCall.Run(topology, "apply").Status);
        Assert.Equal("lan", Topology.FlowtableDevices());

        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption enabled '0'\n");
        Assert.Equal(0, ProgramCall.Run(topology, "apply").Status);
        Assert.Equal("none", Topology.FlowtableDevices());
    }

    [Fact]
    public void Connections_that_run_go_into_the_chip_and_come_out_again()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        ProgramCall.Run(topology, "apply");
        using var flows = new HardwareFlows(HardwareFlows.InSoftware);

        topology.WantHardware();
        var on = ProgramCall.Run(topology, "apply");
        flows.Await(HardwareFlows.InHardware);
        topology.RefuseHardware();
        var off = ProgramCall.Run(topology, "apply");

        Assert.Equal((0, "moved to where hardware can take them: 4 connections\n"), (on.Status, on.Error));
        Assert.Equal((0, "moved out of hardware: 4 connections\n"), (off.Status, off.Error));
        flows.AreInSoftwareAndLostNothing();
    }

    [Fact]
    public void What_it_left_the_daemon_adopts()
    {
        using var topology = new Topology("");
        ProgramCall.Run(topology, "apply");
        var handle = TableHandle();

        using var daemon = new RunningDaemon(topology);

        Assert.Equal(handle, TableHandle());
    }

    [Fact]
    public void A_table_of_another_program_is_said_to_be_its()
    {
        using var topology = new Topology("");
        using var owner = new ForeignOwner();

        var call = ProgramCall.Run(topology, "apply");

        Assert.Equal((1, ""), (call.Status, call.Output));
        Assert.Matches(
            @"\Aflowtabled apply: table inet flowtabled is owned by pid \d+ \(nft\): "
                + @"the kernel lets no one else change it; end that program first\n\z",
            call.Error);
        Assert.Equal("none", Topology.FlowtableDevices());
    }

    [Fact]
    public void A_configuration_that_cannot_be_read_changes_nothing()
    {
        using var topology = new Topology("");
        ProgramCall.Run(topology, "apply");
        topology.Commit("firewall", "config defaults\n\tfoo\n");

        var call = ProgramCall.Run(topology, "apply");

        Assert.Equal(
            new ProgramCall(
                1,
                "",
                $"flowtabled apply: {topology.ConfigDirectory}/firewall: Parse error (invalid command) at line 2, byte 1; "
                    + "nothing is changed until it can be read\n"),
            call);
        Assert.Equal(Devices, Topology.FlowtableDevices());
    }

    [Fact]
    public void Without_the_capability_it_says_which()
    {
        using var topology = new Topology("");

        var call = ProgramCall.Run(topology, "apply", "setpriv", "--bounding-set=-net_admin");

        Assert.Equal(
            new ProgramCall(1, "", "flowtabled apply: reading and changing the kernel's tables takes CAP_NET_ADMIN: run it as root\n"),
            call);
        Assert.Equal("none", Topology.FlowtableDevices());
    }

    [Fact]
    public void Beside_the_daemon_it_has_the_daemon_apply()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        daemon.AwaitCalm();

        var calm = ProgramCall.Run(topology, "apply");

        Assert.Equal(
            new ProgramCall(0, $"the daemon (pid {daemon.Process.Id}) read its configuration again: nothing to change\n", ""), calm);
        Assert.Equal(1, daemon.Batches);
    }

    [Fact]
    public void What_the_daemon_cannot_read_it_repeats()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        topology.Commit("network", "config interface 'lan'\n\tfoo\n");

        var call = ProgramCall.Run(topology, "apply");

        Assert.Equal(
            new ProgramCall(
                1,
                "",
                $"flowtabled apply: {topology.ConfigDirectory}/network: Parse error (invalid command) at line 2, byte 1; "
                    + "what was read before stays in effect\n"),
            call);
    }

    [Fact]
    public void What_the_daemon_was_refused_it_repeats()
    {
        using var topology = new Topology("");
        using var owner = new ForeignOwner();
        using var daemon = new RunningDaemon(topology);

        var call = ProgramCall.Run(topology, "apply");

        Assert.Equal((1, ""), (call.Status, call.Output));
        Assert.StartsWith("flowtabled apply: another program owns the table", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_daemon_that_does_not_answer_is_not_waited_for_for_ever()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        daemon.AwaitCalm();
        daemon.Process.Signal("STOP");

        var call = ProgramCall.Run(topology, "apply");

        Assert.Equal(
            new ProgramCall(
                1, "", $"flowtabled apply: the daemon (pid {daemon.Process.Id}) has not read its configuration within 5 s; see its log\n"),
            call);
    }

    [Fact]
    public void The_kind_of_the_daemons_table_is_the_daemons_choice()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);

        var call = ProgramCall.Run(topology, "apply --plain-table");

        Assert.Equal(
            new ProgramCall(
                2, "", $"flowtabled apply: --plain-table is for a table without the daemon, and one runs (pid {daemon.Process.Id})\n"),
            call);
    }

    [Fact]
    public void A_state_file_of_a_daemon_that_died_is_no_daemon()
    {
        using var topology = new Topology("");
        using (var daemon = new RunningDaemon(topology))
            daemon.Kill();

        Assert.Equal(new ProgramCall(0, "nothing to change\n", ""), ProgramCall.Run(topology, "apply"));
    }

    private static string Listing() => Topology.InRouter("nft", "-a", "list", "table", "inet", "flowtabled");

    private static string TableHandle() =>
        Topology.InRouterShell("nft -a list table inet flowtabled | sed -n 's/.*# handle //p' | tail -n 1");
}
