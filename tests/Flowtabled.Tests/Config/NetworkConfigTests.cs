using System.Collections.Immutable;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config;

/// <summary>netifd's configuration, and the devices that it can be told from alone.</summary>
public class NetworkConfigTests
{
    [Fact]
    public void A_missing_file_means_nothing()
    {
        var (config, findings) = NetworkConfig.Read(null);

        Assert.Empty(config.Interfaces);
        Assert.Empty(config.Devices);
        Assert.Empty(findings);
        Assert.Empty(NetworkGuess.From(config).Bindings);
    }

    [Theory]
    [InlineData("pppoe-wan", "wan.7")]
    [InlineData("pppoe-wanb", null)]
    [InlineData("pppoe-lan", null)]
    [InlineData("wan", null)]
    public void A_pppoe_network_names_the_device_below_its_own(string l3Device, string? expected)
    {
        var (config, _) = Read("""
            config interface 'wan'
                option proto 'pppoe'
                option device 'wan.7'
            config interface 'wanb'
                option proto 'pppoe'
            config interface 'lan'
                option proto 'static'
                option device 'br-lan'
            """);

        Assert.Equal(expected, config.PppoeDevice(l3Device));
    }

    [Fact]
    public void Networks_and_devices_are_read()
    {
        var (config, findings) = Read("""
            config globals 'globals'
                option ula_prefix 'fd00::/48'
            config device
                option name 'br-lan'
                option type 'bridge'
                list ports 'lan1'
                list ports 'lan2'
            config device
                option name 'eth0.7'
                option type '8021q'
                option ifname 'eth0'
                option vid '7'
            config device
                option name 'eth1'
                option macaddr '02:00:00:00:00:01'
            config device
                option name 'br-old'
                option type 'bridge'
                option ifname 'eth2 eth3'
            config interface 'lan'
                option device 'br-lan'
                option proto 'static'
            config interface 'wan'
                option ifname 'eth0.7'
                option proto 'pppoe'
            config interface 'off'
                option disabled 'true'
            """);

        Assert.Empty(findings);
        Assert.Equal(
            [new("lan", "static", "br-lan", false), new("wan", "pppoe", "eth0.7", false), new("off", "none", null, true)],
            config.Interfaces);
        Assert.Equal(
            [
                "br-lan bridge [lan1 lan2]  ",
                "eth0.7 8021q [] eth0 7",
                "eth1  []  ",
                "br-old bridge [eth2 eth3]  ",
            ],
            config.Devices.Select(Describe));
    }

    [Fact]
    public void A_network_of_type_bridge_makes_its_bridge()
    {
        var (config, findings) = Read("""
            config interface 'lan'
                option type 'bridge'
                option ifname 'eth0.1 wlan0'
            config interface 'guest'
                option type 'bridge'
                list ports 'eth1'
                option ifname 'ignored'
            config interface 'alone'
                option type 'bridge'
            """);

        Assert.Empty(findings);
        Assert.Equal(["br-lan", "br-guest", "br-alone"], config.Interfaces.Select(network => network.Device));
        Assert.Equal(
            ["br-lan bridge [eth0.1 wlan0]  ", "br-guest bridge [eth1]  ", "br-alone bridge []  "], config.Devices.Select(Describe));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("yes", false)]
    public void Disabled_is_what_netifd_takes_for_it(string value, bool expected) =>
        Assert.Equal(expected, Read($"config interface a\n option disabled '{value}'\n").Config.Interfaces[0].Disabled);

    [Theory]
    [InlineData("config device\n option type bridge", "@device[0], line 1: has no name: netifd skips the device; so do we")]
    [InlineData("config device x\n option name a\n option vid 0", "x.vid, line 3: '0' is no VLAN id: 1 to 4094")]
    [InlineData("config device x\n option name a\n option vid 4095", "x.vid, line 3: '4095' is no VLAN id: 1 to 4094")]
    [InlineData("config device x\n option name a\n option vid -1", "x.vid, line 3: '-1' is no VLAN id: 1 to 4094")]
    [InlineData(
        "config device x\n option name a\n list vid 7",
        "x.vid, line 3: must be an option, not a list: netifd does not see it; neither do we")]
    [InlineData(
        "config interface x\n list device eth0",
        "x.device, line 2: must be an option, not a list: netifd does not see it; neither do we")]
    [InlineData("config interface x\n option device @y", "x.device, line 2: '@y' is no network, or a disabled one: no device")]
    [InlineData("config interface x\n option device @", "x.device, line 2: '@' is no network, or a disabled one: no device")]
    [InlineData(
        "config interface x\n option ifname @y\nconfig interface y\n option device eth0\n option disabled 1",
        "x.ifname, line 2: '@y' is no network, or a disabled one: no device")]
    [InlineData("config interface x\n option device @x", "x.device, line 2: '@x' leads back to itself (x -> x): no device")]
    public void What_cannot_be_read_is_found(string text, string complaint) =>
        Assert.Equal([$"Warning network.{complaint}"], ConfigText.Lines(Read(text).Findings));

    [Fact]
    public void Every_network_in_a_circle_of_aliases_is_found()
    {
        var (config, findings) = Read("config interface a\n option device @b\nconfig interface b\n option device @c\n"
            + "config interface c\n option device @b\nconfig interface d\n option device @c\n option disabled 1\n");

        Assert.Equal(
            [
                "Warning network.a.device, line 2: '@b' leads back to itself (a -> b -> c -> b): no device",
                "Warning network.b.device, line 4: '@b' leads back to itself (b -> c -> b): no device",
                "Warning network.c.device, line 6: '@c' leads back to itself (c -> b -> c): no device",
            ],
            ConfigText.Lines(findings));
        Assert.Empty(NetworkGuess.From(config).Bindings);
    }

    private static string Describe(NetworkDevice device) =>
        $"{device.Name} {device.Type} [{string.Join(' ', device.Ports)}] {device.LowerDevice} {device.VlanId}";

    private static (NetworkConfig Config, ImmutableArray<ConfigFinding> Findings) Read(string text) =>
        NetworkConfig.Read(ConfigText.Parse("network", text));
}
