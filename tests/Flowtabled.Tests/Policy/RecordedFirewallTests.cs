using System.Text;
using System.Text.Json;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;
using Flowtabled.Tests.Config;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Policy;

/// <summary>
/// For each configuration that fw4 was recorded with: what it puts into its flowtable, what we put into ours, and for each device that only one of
/// them has the reason that is printed for it.
/// </summary>
public class RecordedFirewallTests
{
    private static readonly JsonElement s_cases = JsonDocument.Parse(Fixture.Read("fw4/devices.json")).RootElement;

    // The router of the recordings. Its wireless ports are the ones that a kernel which tells would refuse.
    private static readonly DeviceGraph s_devices = new Net()
        .Other("lo", DeviceKind.Loopback, "").Port("eth0", "phy0-ap0", "phy0-ap1")
        .Dsa("lan1", "eth0").Dsa("lan2", "eth0").Dsa("lan3", "eth0").Dsa("lan4", "eth0").Dsa("wan", "eth0")
        .Bridge("br-lan", "lan1", "lan2", "lan3", "lan4", "phy0-ap0").Bridge("br-guest", "phy0-ap1").Vlan("br-lan.20", "br-lan", 20)
        .Vlan("wan.7", "wan", 7).Pppoe("pppoe-wan", "wan.7").Other("wg0", DeviceKind.Tunnel, "wireguard").Graph;

    private static readonly NetworkDevices s_networks = NetifdNetwork.Bind(
    [
        new("lan", true, "static", "br-lan", "br-lan"),
        new("guest", true, "static", "br-guest", "br-guest"),
        new("iot", true, "static", "br-lan.20", "br-lan.20"),
        new("wan", true, "pppoe", "pppoe-wan", "wan.7"),
        new("wan6", true, "dhcpv6", "pppoe-wan", "pppoe-wan"),
        new("vpn", true, "wireguard", "wg0", null),
        new("lte", false, "dhcp", null, "wwan0"),
    ]);

    public static TheoryData<string> Recordings =>
        [.. s_cases.EnumerateArray().Select(static item => item.GetProperty("recording").GetString()!)];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Each_difference_from_fw4_is_explained(string recording)
    {
        var item = s_cases.EnumerateArray().Single(item => item.GetProperty("recording").GetString() == recording);
        var fw4 = item.GetProperty("fw4");
        var isHardware = fw4.GetProperty("hardware").GetBoolean();

        var (firewall, findings) = FirewallConfig.Read(ConfigText.Parse("firewall", Uci(item)));
        var decision = Decide(firewall, item.GetProperty("hides_refusals").GetBoolean());

        var table = isHardware ? decision.State.Hardware : decision.State.Table;
        HashSet<string> differences = [.. Strings(fw4.GetProperty("devices"))];
        differences.SymmetricExceptWith(table?.Flowtable.Devices ?? []);
        Assert.Equal(
            Pairs(item.GetProperty("differences")),
            differences.Order(StringComparer.Ordinal).Select(name => (name, Reason(decision.Devices.Single(device => device.Device == name)))));
        Assert.Equal(
            Pairs(item.GetProperty("hardware")),
            decision.Devices.Where(static device => device.Hardware is not null).Select(static device => (device.Device!, device.Hardware!.Reason)));
        string[] said = [.. findings.Select(static finding => finding.ToString()), .. decision.Findings.Select(static finding => finding.Message)];
        Assert.All(Strings(item.GetProperty("findings")), part => Assert.Contains(said, text => text.Contains(part, StringComparison.Ordinal)));
    }

    private static Decision Decide(FirewallConfig firewall, bool hidesRefusals)
    {
        var config = FlowtabledConfig.Default;
        var refusals = new Dictionary<string, string> { ["phy0-ap0"] = "its driver takes no flows", ["phy0-ap1"] = "its driver takes no flows" };
        var hardware = hidesRefusals ? HardwareCapabilities.Hidden : new HardwareCapabilities(null, refusals);
        return OffloadPolicy.Decide(firewall, config, s_networks, s_devices, new KernelFeatures(PersistentTables: true), hardware);
    }

    private static string Reason(DeviceDecision decision) => $"{decision.Outcome.ToString().ToLowerInvariant()}: {decision.Reason}";

    private static string Uci(JsonElement item)
    {
        var text = new StringBuilder("config defaults\n");
        Append(item.GetProperty("defaults"));
        foreach (var zone in item.GetProperty("zones").EnumerateArray())
        {
            text.Append("config zone\n");
            Append(zone);
        }

        return text.ToString();

        void Append(JsonElement options)
        {
            foreach (var option in options.EnumerateObject())
            {
                if (option.Value.ValueKind == JsonValueKind.String)
                    text.Append($"\toption {option.Name} '{option.Value}'\n");
                else
                    text.AppendJoin("", Strings(option.Value).Select(value => $"\tlist {option.Name} '{value}'\n"));
            }
        }
    }

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(static value => value.GetString()!);

    private static IEnumerable<(string, string)> Pairs(JsonElement map) => map.EnumerateObject().Select(static pair => (pair.Name, pair.Value.GetString()!));
}
