using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Config;

/// <summary>fw4's configuration read as fw4 does; what stops it was seen with the real one (firewall4 b6e5157).</summary>
public class FirewallConfigTests
{
    [Fact]
    public void A_missing_file_means_no_zones_and_no_offloading()
    {
        var (config, findings) = FirewallConfig.Read(null);

        Assert.False(config.FlowOffloading);
        Assert.False(config.FlowOffloadingHw);
        Assert.Empty(config.Zones);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("0", false)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    public void Booleans_are_those_of_fw4(string value, bool expected)
    {
        var (config, findings) = Read($"config defaults\n option flow_offloading 1\n option flow_offloading_hw '{value}'\n");

        Assert.True(config.FlowOffloading);
        Assert.Equal(expected, config.FlowOffloadingHw);
        Assert.Empty(findings);
        Assert.Equal(expected, Read($"config defaults\n option flow_offloading '{value}'\n").Config.FlowOffloading);
    }

    // fw4 on each of these: exit 254, "specifies invalid value", "left-hand side expression is not an array or object".
    [Theory]
    [InlineData("TRUE")]
    [InlineData("enabled")]
    [InlineData("2")]
    [InlineData(" 1")]
    [InlineData("\u001b[31m")]
    public void A_boolean_that_stops_fw4_is_an_error_and_off(string value)
    {
        var (config, findings) = Read($"config defaults\n\toption input ACCEPT\n\toption flow_offloading '{value}'\n");

        Assert.False(config.FlowOffloading);
        var finding = Assert.Single(findings);
        Assert.Equal(
            (FindingSeverity.Error, "firewall", "@defaults[0]", "flow_offloading", 3),
            (finding.Severity, finding.Package, finding.Section, finding.Option, finding.Line));
        Assert.Equal(
            $"'{value.Replace("\u001b", @"\x1b", StringComparison.Ordinal)}' is none of 1, on, true, yes, 0, off, false, no: "
            + "fw4 stops here (a reload keeps the old rules, a restart is refused, after a boot there is no firewall); read as off",
            finding.Message);
    }

    // fw4: exit 254, "must not be a list".
    [Fact]
    public void A_list_for_a_boolean_is_an_error_and_off()
    {
        var (config, findings) = Read("config defaults\n list flow_offloading 1\n");

        Assert.False(config.FlowOffloading);
        Assert.Equal(
            [
                "Error firewall.@defaults[0].flow_offloading, line 2: must be an option, not a list: "
                + "fw4 stops here (a reload keeps the old rules, a restart is refused, after a boot there is no firewall); read as off",
            ],
            ConfigText.Lines(findings));
    }

    [Theory]
    [InlineData("drop_invalid")]
    [InlineData("syn_flood")]
    [InlineData("synflood_protect")]
    [InlineData("tcp_syncookies")]
    [InlineData("tcp_window_scaling")]
    [InlineData("accept_redirects")]
    [InlineData("accept_source_route")]
    [InlineData("auto_helper")]
    [InlineData("custom_chains")]
    [InlineData("disable_ipv6")]
    [InlineData("auto_includes")]
    public void Every_boolean_of_the_defaults_can_stop_fw4(string option)
    {
        var (config, findings) = Read($"config defaults\n option flow_offloading 1\n option {option} enabled\n");

        Assert.True(config.FlowOffloading);
        Assert.Equal((FindingSeverity.Error, option), (Assert.Single(findings).Severity, findings[0].Option));
    }

    [Fact]
    public void The_first_defaults_hold()
    {
        var (config, findings) = Read("config defaults\nconfig zone\n option name a\nconfig defaults 'x'\n option flow_offloading 1\n");

        Assert.False(config.FlowOffloading);
        Assert.Equal(
            ["Warning firewall.x, line 4: fw4 takes the first 'defaults' section and ignores this one; so do we"],
            ConfigText.Lines(findings));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" option flow_offloading 0\n")]
    public void Hardware_alone_is_pointed_out(string software)
    {
        var (config, findings) = Read($"config defaults\n option flow_offloading_hw 1\n{software}");

        Assert.False(config.FlowOffloading);
        Assert.True(config.FlowOffloadingHw);
        Assert.Equal(
            [
                "Warning firewall.@defaults[0].flow_offloading_hw, line 2: has no effect while flow_offloading is off; set both, as LuCI "
                + "does",
            ],
            ConfigText.Lines(findings));
    }

    [Fact]
    public void A_zone_has_networks_devices_and_subnets_as_lists_or_words()
    {
        var (config, findings) = Read("""
            config zone
                option name 'lan'
                list network 'lan'
                list network 'home office'
                list device 'tun+'
                list subnet '10.0.0.0/8'
            config zone 'wan_zone'
                option name 'wan.1/x_-'
                option network ' wan  wan6'
                option device "eth1	eth2"
                option subnet '192.0.2.1-192.0.2.9 lan'
                option enabled 'off'
            config zone
                option name '.'
            config rule
                option name 'Allow-Ping'
            """);

        Assert.Empty(findings);
        Assert.Equal(["lan", "wan.1/x_-", "."], config.Zones.Select(zone => zone.Name));
        Assert.Equal([true, false, true], config.Zones.Select(zone => zone.Enabled));
        Assert.Equal([["lan", "home office"], ["wan", "wan6"], []], config.Zones.Select(zone => zone.Networks.ToArray()));
        Assert.Equal([["tun+"], ["eth1", "eth2"], []], config.Zones.Select(zone => zone.Devices.ToArray()));
        Assert.Equal([["10.0.0.0/8"], ["192.0.2.1-192.0.2.9", "lan"], []], config.Zones.Select(zone => zone.Subnets.ToArray()));
    }

    [Fact]
    public void What_a_zone_negates_adds_nothing_to_it()
    {
        var (config, findings) = Read(
            "config zone\n option name a\n option network 'lan !guest'\n list device ' ! eth1'\n list subnet '!10.0.0.0/8'\n");

        var zone = Assert.Single(config.Zones);
        Assert.Equal(["lan"], zone.Networks);
        Assert.Empty(zone.Devices);
        Assert.Empty(zone.Subnets);
        Assert.Equal(
            [
                "Info firewall.@zone[0].network, line 3: '!guest' keeps traffic out of the zone and adds no device",
                "Info firewall.@zone[0].device, line 4: ' ! eth1' keeps traffic out of the zone and adds no device",
                "Info firewall.@zone[0].subnet, line 5: '!10.0.0.0/8' keeps traffic out of the zone and adds no device",
            ],
            ConfigText.Lines(findings));
    }

    [Theory]
    [InlineData("", "@zone[1], line 3: has no name")]
    [InlineData(" list name a", "@zone[1].name, line 4: must be a letter, '_' or '.', then letters, digits, '/', '_', '.' and '-'")]
    [InlineData(" option name 1a", "@zone[1].name, line 4: must be a letter, '_' or '.', then letters, digits, '/', '_', '.' and '-'")]
    [InlineData(" option name 'a b'", "@zone[1].name, line 4: must be a letter, '_' or '.', then letters, digits, '/', '_', '.' and '-'")]
    [InlineData(" option name a\n option enabled 2", "@zone[1].enabled, line 5: '2' is none of 1, on, true, yes, 0, off, false, no")]
    [InlineData(" option name a\n list enabled 1", "@zone[1].enabled, line 5: must be an option, not a list")]
    [InlineData(" option name a\n option masq enabled", "@zone[1].masq, line 5: 'enabled' is none of 1, on, true, yes, 0, off, false, no")]
    [InlineData(" option name a\n option network 'lan !'", "@zone[1].network, line 5: '!' names nothing")]
    [InlineData(" option name a\n list network ''", "@zone[1].network, line 5: '' names nothing")]
    [InlineData(" option name a\n list device ' '", "@zone[1].device, line 5: ' ' names nothing")]
    [InlineData(" option name a\n list subnet '!\t'", "@zone[1].subnet, line 5: '!\\x09' names nothing")]
    public void A_zone_that_fw4_skips_is_left_out(string options, string complaint)
    {
        var (config, findings) = Read($"config zone\n option name first\nconfig zone\n{options}\nconfig zone\n option name last\n");

        Assert.Equal(["first", "last"], config.Zones.Select(zone => zone.Name));
        Assert.Equal([$"Error firewall.{complaint}: fw4 skips the zone; so do we"], ConfigText.Lines(findings));
    }

    private static (FirewallConfig Config, ImmutableArray<ConfigFinding> Findings) Read(string text) =>
        FirewallConfig.Read(ConfigText.Parse("firewall", text));
}
