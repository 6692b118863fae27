namespace Flowtabled.KernelTests.Lab;

/// <summary>A hardware flowtable in the router that nft makes, without our daemon.</summary>
internal static class PlainFlowtable
{
    /// <summary>Makes it, in a table of its own, with a rule for all established connections; what nft says, empty when it is content.</summary>
    /// <param name="devices">Its devices, separated by commas.</param>
    /// <param name="table">The table's name.</param>
    public static string TryMake(string devices, string table = "probe")
    {
        var (status, _, error) = Command.Try("ip", "netns", "exec", "router", "nft", $$"""
            table inet {{table}} {
                flowtable ft {
                    hook ingress priority 0;
                    devices = { {{devices}} };
                    flags offload;
                    counter;
                }
                chain forward {
                    type filter hook forward priority filter + 10; policy accept;
                    ct state established meta l4proto { tcp, udp } flow add @ft
                }
            }
            """);
        return status == 0 ? "" : error.Length > 0 ? error : $"exit status {status}";
    }

    public static void Make(string devices, string table = "probe") => Assert.Empty(TryMake(devices, table));

    public static void Delete(string table = "probe") => Topology.InRouter("nft", "delete", "table", "inet", table);
}
