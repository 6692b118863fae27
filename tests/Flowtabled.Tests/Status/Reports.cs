using Flowtabled.Daemon;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Status;

namespace Flowtabled.Tests.Status;

/// <summary>Status reports to print.</summary>
internal static class Reports
{
    /// <summary>Nothing runs and nothing is wanted.</summary>
    public static StatusReport Idle { get; } = new()
    {
        Daemon = null,
        Wish = new Wish(Enabled: true, OffloadMode.Manage, FlowOffloading: false),
        Table = new TableStatus(TableState.Absent, null, 0),
        Devices = [],
        Flows = new FlowStatus(null, new ConntrackCounts(43, 0, 0), null),
        Problems = [],
        Findings = [],
    };

    /// <summary>A daemon at work, with everything that there can be to say.</summary>
    public static StatusReport Busy { get; } = Idle with
    {
        Daemon = new DaemonState
        {
            Program = "1.2.3",
            Pid = 1234,
            StartedAt = 30,
            Passes = 12,
            Batches = 1,
            Resyncs = 2,
            ConfigReads = 3,
            Watch = new(1, 2, 3, default, default, default),
            Refusal = "add flowtable inet flowtabled sw: EBUSY (Device or resource busy)",
        },
        Uptime = (3 * 3600) + (12 * 60) + 45,
        Wish = new Wish(Enabled: true, OffloadMode.Manage, FlowOffloading: true),
        Table = new TableStatus(TableState.Ours, "pid 1234 (flowtabled)", 1),
        Flows = new FlowStatus(112, new ConntrackCounts(43, 17, 5), null) { Totals = Paths() },
        Accounting = true,
        Trial = new HardwareTrial(new TrialSubject("6.12.71", "hw auto, hw_shaped deny", ["lan1 mt7530", "wan mtk"]), "boot", TrialState.Running, 1),
        Health = new HardwareReport(
            new HardwareFlows(null, 5, 1, 0, 2, 3), [new HardwareFlows("pppoe-wan", 5, 1, 0, 2, 3)], IsMeasured: true, [], null),
        Chip = new ChipTable(9, 4, 8192),
        Problems = ["/etc/config/firewall: Parse error (invalid command) at line 3, byte 1; what was read before stays in effect"],
        Findings = [new Finding(FindingSeverity.Warning, "port_left_out", "packets that come in by it are not offloaded", "lan4")],
        Devices =
        [
            new DeviceStatus(
                "br-lan",
                In("br-lan", "lan", ReasonCode.Bridge, "a bridge: an entry at one of its ports would go stale") with
                {
                    Hardware = new HardwareDecision(false, HardwareCode.Refused, "port lan2 cannot: its driver takes no flows", ["lan1", "lan2"]),
                },
                true),
            new DeviceStatus(
                "pppoe-wan",
                In("pppoe-wan", "wan", ReasonCode.Lower, "its packets come in there, as PPPoE") with
                {
                    Outcome = Outcome.Moved,
                    HookedAt = ["wan"],
                    IsGuessed = true,
                    Hardware = new HardwareDecision(true, HardwareCode.Bound, "wan can", ["wan"]),
                },
                false),
            new DeviceStatus(
                null,
                In(null, "vpn", ReasonCode.NoDevice, "the network has no device yet") with { Outcome = Outcome.Waiting, IsUp = null },
                false),
            new DeviceStatus("caf\u00c3\u00a9\u001b", null, true),
        ],
    };

    private static DeviceDecision In(string? device, string network, ReasonCode code, string reason) => new()
    {
        Device = device,
        Outcome = Outcome.In,
        Code = code,
        Reason = reason,
        Networks = [network],
        Zones = [network],
        IsUp = true,
    };

    private static PathTotals Paths()
    {
        var totals = new PathTotals();
        totals[FlowPath.Hardware].Add(70, 7000);
        totals[FlowPath.Software].Add(20, 2000);
        totals[FlowPath.Software].Add(10, 1000);
        totals[FlowPath.Slow].AddUnmeasured();
        return totals;
    }
}
