using Flowtabled.Netlink;
using Flowtabled.Netlink.Ethtool;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>Features and drivers as we read them, over netlink and over the ioctl, against what ethtool prints.</summary>
public sealed class EthtoolTests : IDisposable
{
    private readonly NetworkNamespace _namespace = new();
    private readonly EthtoolClient _netlink;
    private readonly EthtoolClient _ioctl;

    public EthtoolTests()
    {
        _netlink = _namespace.Inside(() => EthtoolClient.Open());
        _ioctl = _namespace.Inside(EthtoolClient.OpenIoctl);
        _namespace.Run("""
            ip link add eth0 type veth peer name eth1
            ip link add br-lan type bridge
            ip link add link eth0 eth0.7 type vlan id 7
            ip link add wg0 type wireguard
            ethtool -K eth0 tx off
            """);
    }

    public void Dispose()
    {
        _netlink.Dispose();
        _ioctl.Dispose();
        _namespace.Dispose();
    }

    [Theory]
    [InlineData("lo")]
    [InlineData("eth0")]
    [InlineData("eth1")]
    [InlineData("br-lan")]
    [InlineData("eth0.7")]
    [InlineData("wg0")]
    public void Features_are_what_ethtool_prints(string device)
    {
        var printed = Printed(device);

        Assert.Contains(EthtoolClient.HardwareTrafficControl, printed.Keys);
        foreach (var client in new[] { _netlink, _ioctl })
        {
            // Groups, and a few features, have names of ethtool's own, which are not the kernel's.
            var found = printed.Keys.Where(n => client.GetFeature(device, n) is not null).ToList();
            Assert.InRange(found.Count, 40, printed.Count);
            Assert.Contains(EthtoolClient.HardwareTrafficControl, found);
            Assert.All(found, name => Assert.Equal($"{name}: {printed[name]}", $"{name}: {Print(client.GetFeature(device, name)!.Value)}"));
        }
    }

    [Fact]
    public void Each_kind_of_state_was_among_them()
    {
        HashSet<string> states = [.. Printed("lo").Values, .. Printed("eth0").Values, .. Printed("eth1").Values];

        Assert.Superset(new HashSet<string> { "on", "off", "on [fixed]", "off [fixed]", "off [requested on]" }, states);
    }

    [Theory]
    [InlineData("eth0", "veth")]
    [InlineData("br-lan", "bridge")]
    [InlineData("eth0.7", "802.1Q VLAN Support")]
    [InlineData("lo", null)]
    public void Drivers_are_what_ethtool_prints(string device, string? driver)
    {
        Assert.Equal(driver, _netlink.GetDriver(device));
        if (driver is not null)
            Assert.Contains($"driver: {driver}\n", _namespace.Run($"ethtool -i {device}"));
    }

    [Fact]
    public void A_feature_that_the_kernel_lacks_is_null()
    {
        Assert.Null(_netlink.GetFeature("eth0", "warp-drive"));
        Assert.Null(_ioctl.GetFeature("eth0", "warp-drive"));
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused()
    {
        AssertNoDevice(() => _netlink.GetFeature("eth9", EthtoolClient.HardwareTrafficControl), "get feature hw-tc-offload of eth9: ENODEV");
        AssertNoDevice(() => _ioctl.GetFeature("eth9", EthtoolClient.HardwareTrafficControl), "get feature hw-tc-offload of eth9: ENODEV");
        AssertNoDevice(() => _ioctl.GetFeature("0123456789abcdef", "x"), "get feature x of 0123456789abcdef: ENODEV");
        AssertNoDevice(() => _netlink.GetDriver("eth9"), "get driver of eth9: ENODEV");
    }

    [Fact]
    public void A_device_with_an_odd_name_is_found()
    {
        _namespace.Run("ip link add \"$(printf 'a\\377;$ ' | tr -d ' ')\" type dummy");

        Assert.Equal("dummy", _netlink.GetDriver("a\u00ff;$"));
        Assert.NotNull(_netlink.GetFeature("a\u00ff;$", EthtoolClient.HardwareTrafficControl));
        Assert.NotNull(_ioctl.GetFeature("a\u00ff;$", EthtoolClient.HardwareTrafficControl));
    }

    private static void AssertNoDevice(Action call, string message) =>
        Assert.StartsWith(message, Assert.Throws<NetlinkException>(call).Message);

    /// <summary>What ethtool prints after the name of each feature, and of each group of features: "on [fixed]".</summary>
    private Dictionary<string, string> Printed(string device) =>
        _namespace.Run($"ethtool -k {device}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToDictionary(
            line => line[..line.IndexOf(':')].Trim(),
            line => line[(line.IndexOf(':') + 2)..]);

    private static string Print(FeatureState state)
    {
        var value = state.Active ? "on" : "off";
        if (!state.Changeable)
            return value + " [fixed]";
        return state.Wanted == state.Active ? value : value + (state.Wanted ? " [requested on]" : " [requested off]");
    }
}
