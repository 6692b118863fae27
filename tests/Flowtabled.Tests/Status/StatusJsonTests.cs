using Flowtabled.Cli;
using Flowtabled.Engine.Health;
using Flowtabled.Status;

namespace Flowtabled.Tests.Status;

public sealed class StatusJsonTests
{
    [Fact]
    public void Everything_is_there()
        => Assert.Equal(
            """
            {
              "version": 1,
              "daemon": {
                "program": "1.2.3",
                "pid": 1234,
                "uptime": 11565,
                "passes": 12,
                "batches": 1,
                "resyncs": 2,
                "config_reads": 3,
                "refusal": "add flowtable inet flowtabled sw: EBUSY (Device or resource busy)",
                "fell_out_of_hardware": 1,
                "fell_out_of_software": 2,
                "event_losses": 3
              },
              "offload": {
                "enabled": true,
                "mode": "manage",
                "flow_offloading": true
              },
              "table": {
                "state": "ours",
                "owner": "pid 1234 (flowtabled)",
                "pending": 1
              },
              "flows": {
                "offloaded_so_far": 112,
                "connections": 43,
                "software": 17,
                "hardware": 5
              },
              "paths": {
                "hardware": {
                  "flows": 1,
                  "unmeasured": 0,
                  "packets": 70,
                  "bytes": 7000
                },
                "software": {
                  "flows": 2,
                  "unmeasured": 0,
                  "packets": 30,
                  "bytes": 3000
                },
                "slow": {
                  "flows": 1,
                  "unmeasured": 1,
                  "packets": null,
                  "bytes": null
                }
              },
              "trial": {
                "state": "running",
                "starts": 1,
                "kernel": "6.12.71",
                "options": "hw auto, hw_shaped deny",
                "ports": [
                  "lan1 mt7530",
                  "wan mtk"
                ]
              },
              "hardware": {
                "hardware": 5,
                "half": 1,
                "unused": 0,
                "silent": 2,
                "software": 3
              },
              "chip": {
                "bound": 9,
                "unbound": 4,
                "capacity_at_least": 8192
              },
              "devices": [
                {
                  "device": "br-lan",
                  "is_hooked": true,
                  "networks": [
                    "lan"
                  ],
                  "zones": [
                    "lan"
                  ],
                  "outcome": "in",
                  "code": "bridge",
                  "reason": "a bridge: an entry at one of its ports would go stale",
                  "hooked_at": [],
                  "is_up": true,
                  "is_guessed": false,
                  "hardware": {
                    "is_in": false,
                    "code": "refused",
                    "reason": "port lan2 cannot: its driver takes no flows",
                    "ports": [
                      "lan1",
                      "lan2"
                    ]
                  }
                },
                {
                  "device": "pppoe-wan",
                  "is_hooked": false,
                  "networks": [
                    "wan"
                  ],
                  "zones": [
                    "wan"
                  ],
                  "outcome": "moved",
                  "code": "lower",
                  "reason": "its packets come in there, as PPPoE",
                  "hooked_at": [
                    "wan"
                  ],
                  "is_up": true,
                  "is_guessed": true,
                  "hardware": {
                    "is_in": true,
                    "code": "bound",
                    "reason": "wan can",
                    "ports": [
                      "wan"
                    ],
                    "flows": {
                      "hardware": 5,
                      "half": 1,
                      "unused": 0,
                      "silent": 2,
                      "software": 3
                    }
                  }
                },
                {
                  "device": null,
                  "is_hooked": false,
                  "networks": [
                    "vpn"
                  ],
                  "zones": [
                    "vpn"
                  ],
                  "outcome": "waiting",
                  "code": "no_device",
                  "reason": "the network has no device yet",
                  "hooked_at": [],
                  "is_up": null,
                  "is_guessed": false
                },
                {
                  "device": "café\\x1b",
                  "is_hooked": true
                }
              ],
              "problems": [
                "/etc/config/firewall: Parse error (invalid command) at line 3, byte 1; what was read before stays in effect"
              ],
              "findings": [
                {
                  "severity": "warning",
                  "code": "port_left_out",
                  "message": "packets that come in by it are not offloaded",
                  "place": "lan4"
                }
              ]
            }

            """,
            Text(Reports.Busy));

    [Fact]
    public void What_is_not_known_is_null()
        => Assert.Equal(
            """
            {
              "version": 1,
              "daemon": null,
              "offload": null,
              "table": {
                "state": "foreign",
                "owner": "pid 7 (nft)",
                "pending": null
              },
              "flows": {
                "offloaded_so_far": null,
                "connections": null,
                "software": null,
                "hardware": null
              },
              "paths": null,
              "trial": null,
              "hardware": null,
              "chip": null,
              "devices": [],
              "problems": [],
              "findings": []
            }

            """,
            Text(Reports.Idle with
            {
                Wish = null,
                Table = new TableStatus(TableState.Foreign, "pid 7 (nft)", null),
                Flows = new FlowStatus(null, null, "count connections: EINVAL (Invalid argument)"),
            }));

    [Fact]
    public void What_is_not_measured_is_null_and_not_0()
    {
        var text = Text(Reports.Busy with { Health = Reports.Busy.Health! with { IsMeasured = false } });

        Assert.Contains("\"hardware\": 5,\n    \"half\": null,\n    \"unused\": null,\n    \"silent\": null,\n    \"software\": 3\n", text);
    }

    [Fact]
    public void Problems_a_refusal_and_errors_are_trouble_and_warnings_are_not()
    {
        var warning = new Finding(FindingSeverity.Warning, "w", "");
        Assert.False(Reports.Idle.HasTrouble);
        Assert.False((Reports.Idle with { Findings = [warning] }).HasTrouble);
        Assert.True((Reports.Idle with { Findings = [warning, warning with { Severity = FindingSeverity.Error }] }).HasTrouble);
        Assert.True((Reports.Idle with { Problems = ["p"] }).HasTrouble);
        Assert.True((Reports.Idle with { Daemon = Reports.Busy.Daemon }).HasTrouble);
        Assert.False((Reports.Idle with { Daemon = Reports.Busy.Daemon! with { Refusal = null } }).HasTrouble);
    }

    private static string Text(StatusReport report)
    {
        using StringWriter output = new() { NewLine = "\n" };
        JsonOutput.Write(output, json => StatusJson.Write(json, report));
        return output.ToString();
    }
}
