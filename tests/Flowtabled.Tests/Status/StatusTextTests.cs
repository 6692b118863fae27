using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;
using Flowtabled.Status;

namespace Flowtabled.Tests.Status;

public sealed class StatusTextTests
{
    [Fact]
    public void Nothing_runs_and_nothing_is_wanted()
        => Assert.Equal(
            """
            daemon   not running
            offload  off: option flow_offloading of the firewall is off
            table    none; in sync
            flows    0 in software, 0 in hardware, of 43 connections

            """,
            Text(Reports.Idle));

    [Fact]
    public void A_daemon_at_work()
        => Assert.Equal(
            """
            daemon    running for 3h 12m (pid 1234, version 1.2.3); 12 passes, 1 batch
            offload   on
            table     the daemon's; 1 change pending
            flows     17 in software, 5 in hardware, of 43 connections; 112 offloaded so far
            paths     hardware 1 flow (25 %), 7.00kB; software 2 flows (50 %), 3.00kB; slow
                      1 flow (25 %), bytes not measured
            fell out  1 of hardware, 2 of software, since the daemon began
            hardware  on trial, for the first time
            chip      5 flows, of which 1 in one direction only, 2 silent; 3 more could be,
                      but run in software
            witness   9 bound, 4 unbound of at least 8192
            refused   add flowtable inet flowtabled sw: EBUSY (Device or resource busy)
            problem   /etc/config/firewall: Parse error (invalid command) at line 3, byte 1;
                      what was read before stays in effect
            warning   lan4: packets that come in by it are not offloaded

            device     network  wanted   kernel  why
            br-lan     lan      in       yes     a bridge: an entry at one of its ports
                                                 would go stale; not in hardware: port lan2
                                                 cannot: its driver takes no flows
            pppoe-wan  wan      moved    no      to wan: its packets come in there, as PPPoE
                                                 (guessed from /etc/config/network); in
                                                 hardware: wan can (5 flows, of which 1 in
                                                 one direction only, 2 silent; 3 more could
                                                 be, but run in software)
            -          vpn      waiting  no      the network has no device yet
            café\x1b            -        yes     it is in the flowtable, whatever is wanted

            """,
            Text(Reports.Busy));

    [Fact]
    public void What_fell_out_is_not_known_without_accounting()
        => Assert.Contains("\nfell out  not measured\n", Text(Reports.Busy with { Accounting = false }), StringComparison.Ordinal);

    [Theory]
    [InlineData(TrialState.Running, 1, "on trial, for the first time")]
    [InlineData(TrialState.Running, 2, "on trial, again, after the system went down in the middle of it")]
    [InlineData(TrialState.Passed, 2, "it has passed its trial")]
    [InlineData(TrialState.Distrusted, 2, "not trusted: 2 times in a row the system went down without an orderly")]
    public void How_the_trial_of_hardware_stands_is_said(TrialState state, int starts, string expected)
        => Assert.Contains($"\nhardware  {expected}\n", Text(Reports.Idle with { Trial = Reports.Busy.Trial! with { State = state, Starts = starts } }));

    [Theory]
    [InlineData(0, 0, 0, 0, 0, true, "0 flows")]
    [InlineData(1, 0, 0, 0, 0, true, "1 flow")]
    [InlineData(4, 0, 4, 0, 0, true, "4 flows, of which 4 carried by the processor all the same")]
    [InlineData(4, 0, 0, 0, 0, false, "4 flows, not measured")]
    [InlineData(0, 0, 0, 0, 2, false, "0 flows; 2 more could be, but run in software")]
    public void How_connections_fare_in_hardware_is_told_in_a_sentence(
        int hardware, int half, int unused, int silent, int software, bool isMeasured, string expected)
    {
        var sum = new HardwareFlows(null, hardware, half, unused, silent, software);
        Assert.Contains($"\nchip     {expected}\n", Text(Reports.Idle with { Health = new HardwareReport(sum, [], isMeasured, [], null) }));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m 0s")]
    [InlineData(3599, "59m 59s")]
    [InlineData(3600, "1h 0m")]
    [InlineData(86399, "23h 59m")]
    [InlineData(86400, "1d 0h")]
    [InlineData(1_000_000_000, "11574d 1h")]
    public void How_long_it_has_been_running_is_told_in_two_units(long uptime, string expected)
        => Assert.StartsWith($"daemon    running for {expected} (pid 1234, ", Text(Reports.Busy with { Uptime = uptime }));

    [Theory]
    [InlineData(false, OffloadMode.Manage, true, "off: option enabled of flowtabled is off")]
    [InlineData(false, OffloadMode.Observe, false, "off: option enabled of flowtabled is off")]
    [InlineData(true, OffloadMode.Observe, true, "on, but in observe mode: nothing is changed")]
    [InlineData(true, OffloadMode.Observe, false, "off: option flow_offloading of the firewall is off")]
    public void The_switches_are_told_in_a_sentence(bool enabled, OffloadMode mode, bool toggle, string expected)
        => Assert.Contains($"\noffload  {expected}\n", Text(Reports.Idle with { Wish = new Wish(enabled, mode, toggle) }));

    [Fact]
    public void Without_a_configuration_it_is_not_known_what_is_wanted()
        => Assert.Contains("\noffload  not known: the configuration cannot be read\n", Text(Reports.Idle with { Wish = null }));

    [Theory]
    [InlineData(TableState.Absent, null, null, "none")]
    [InlineData(TableState.Absent, null, 5, "none; 5 changes pending")]
    [InlineData(TableState.Foreign, "pid 7 (nft)", null, "owned by pid 7 (nft): no one else can change it")]
    [InlineData(TableState.Orphan, null, 0, "its owner has gone; it stays, and the next start adopts it; in sync")]
    [InlineData(TableState.Plain, null, 0, "without an owner: every program can change it; in sync")]
    public void Whose_the_table_is_is_told_in_a_sentence(object state, string? owner, int? pending, string expected)
        => Assert.Contains(
            $"\ntable    {expected}\n", Text(Reports.Idle with { Table = new TableStatus((TableState)state, owner, pending) }));

    [Fact]
    public void A_kernel_without_ctnetlink_is_said_to_be_one()
        => Assert.Contains(
            "\nflows    not known: count connections: EINVAL (Invalid argument); 3 offloaded so\n         far\n",
            Text(Reports.Idle with { Flows = new FlowStatus(3, null, "count connections: EINVAL (Invalid argument)") }));

    [Fact]
    public void Every_line_fits_80_columns_whatever_the_names()
    {
        var name = new string('\u0001', 15);
        var decision = new DeviceDecision
        {
            Device = name,
            Outcome = Outcome.Moved,
            Code = ReasonCode.Lower,
            Reason = new string('r', 300),
            Networks = [new string('n', 40), "lan", "guest"],
            HookedAt = [name],
        };
        var report = Reports.Busy with { Devices = [new DeviceStatus(name, decision, true)], Problems = [new string('/', 500)] };

        Assert.All(Text(report).Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
    }

    private static string Text(StatusReport report)
    {
        using StringWriter output = new() { NewLine = "\n" };
        StatusText.Write(output, report);
        return output.ToString();
    }
}
