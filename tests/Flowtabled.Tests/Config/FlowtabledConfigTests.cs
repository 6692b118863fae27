using System.Collections.Immutable;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config;

/// <summary>Our own configuration: nothing in it can keep the daemon from running.</summary>
public class FlowtabledConfigTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("config flowtabled main\n")]
    public void What_is_not_said_has_its_default(string? text)
    {
        var (config, findings) = FlowtabledConfig.Read(text is null ? null : ConfigText.Parse("flowtabled", text));

        Assert.Equal(new(true, OffloadMode.Manage, true, LogVerbosity.Info, []), config);
        Assert.Empty(findings);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var (config, findings) = Read("""
            config device
                option name 'eth1'
                option exclude 'yes'
            config flowtabled 'main'
                option enabled '0'
                option mode 'observe'
                option counter 'off'
                option log_level 'debug'
                option hw 'require'
                option hw_shaped 'allow'
                option hw_trial '0'
                option hw_flow_timeout '2'
                option drain_timeout '60'
                option accounting '0'
                option max_flows '64'
            config device 'lan'
                option name 'br-lan'
                option level 'port'
            config device
                option name 'wan'
                option level 'self'
                option exclude 'disabled'
                option hw 'off'
            """);

        Assert.Empty(findings);
        Assert.Equal(
            (false, OffloadMode.Observe, false, LogVerbosity.Debug), (config.Enabled, config.Mode, config.Counter, config.LogLevel));
        Assert.Equal((HardwareUse.Require, ShapedUse.Allow), (config.Hw, config.HwShaped));
        Assert.Equal((0, 2, 60), (config.HwTrial, config.HwFlowTimeout, config.DrainTimeout));
        Assert.Equal((false, 64), (config.Accounting, config.MaxFlows));
        Assert.Equal(
            [
                new("eth1", true, DeviceLevel.Auto),
                new("br-lan", false, DeviceLevel.Port),
                new("wan", false, DeviceLevel.Self, DeviceHardware.Off),
            ],
            config.Devices);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("enabled", true)]
    [InlineData("0", false)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("disabled", false)]
    public void Booleans_are_those_of_the_shell(string value, bool expected)
    {
        var (config, findings) = Read($"config flowtabled main\n option enabled {value}\n");

        Assert.Equal(expected, config.Enabled);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("error", LogVerbosity.Error)]
    [InlineData("warning", LogVerbosity.Warning)]
    [InlineData("info", LogVerbosity.Info)]
    [InlineData("debug", LogVerbosity.Debug)]
    [InlineData("trace", LogVerbosity.Trace)]
    public void Log_levels_have_these_names(string value, LogVerbosity expected) =>
        Assert.Equal(expected, Read($"config flowtabled main\n option log_level {value}\n").Config.LogLevel);

    [Theory]
    [InlineData("option enabled maybe", "Error flowtabled.main.enabled, line 2: 'maybe' is not a boolean (1 or 0); read as 1")]
    [InlineData("list enabled 0", "Error flowtabled.main.enabled, line 2: must be an option, not a list")]
    [InlineData("option mode Observe", "Error flowtabled.main.mode, line 2: 'Observe' is none of manage, observe; read as manage")]
    [InlineData("list mode observe", "Error flowtabled.main.mode, line 2: must be an option, not a list")]
    [InlineData("option counter 'é'", "Error flowtabled.main.counter, line 2: '\\xe9' is not a boolean (1 or 0); read as 1")]
    [InlineData(
        "option log_level loud",
        "Error flowtabled.main.log_level, line 2: 'loud' is none of error, warning, info, debug, trace; read as info")]
    [InlineData("option hw_trial -1", "Error flowtabled.main.hw_trial, line 2: '-1' is no number of seconds from 0 to 604800; read as if it were not there")]
    [InlineData("option hw_flow_timeout 1", "Error flowtabled.main.hw_flow_timeout, line 2: '1' is no number of seconds from 2 to 3600; read as if it were not there")]
    [InlineData("option hw_flow_timeout 0", "Error flowtabled.main.hw_flow_timeout, line 2: '0' is no number of seconds from 2 to 3600; read as if it were not there")]
    [InlineData("option drain_timeout 61", "Error flowtabled.main.drain_timeout, line 2: '61' is no number of seconds from 0 to 60; read as if it were not there")]
    [InlineData("option drain_timeout 1m", "Error flowtabled.main.drain_timeout, line 2: '1m' is no number of seconds from 0 to 60; read as if it were not there")]
    [InlineData("option accounting 2", "Error flowtabled.main.accounting, line 2: '2' is not a boolean (1 or 0); read as 1")]
    [InlineData("option max_flows 63", "Error flowtabled.main.max_flows, line 2: '63' is no number from 64 to 65536; read as if it were not there")]
    [InlineData("list drain_timeout 5", "Error flowtabled.main.drain_timeout, line 2: must be an option, not a list")]
    [InlineData(
        "option colour red", "Warning flowtabled.main.colour, line 2: no option of ours; there are enabled, mode, counter, log_level, hw, hw_shaped, "
            + "hw_trial, hw_flow_timeout, drain_timeout, accounting, max_flows")]
    public void What_cannot_be_read_has_its_default(string option, string complaint)
    {
        var (config, findings) = Read($"config flowtabled main\n {option}\n");

        Assert.Equal(FlowtabledConfig.Default, config);
        Assert.Equal([complaint], ConfigText.Lines(findings));
    }

    [Theory]
    [InlineData("", "@device[1], line 3: has no name")]
    [InlineData(" list name a", "@device[1].name, line 4: must be an option, not a list", "@device[1].name, line 4: has no name")]
    [InlineData(" option name eth0", "@device[1].name, line 4: 'eth0' has a section already, which holds")]
    [InlineData(
        " option name a/b", "@device[1].name, line 4: no device can have the name 'a/b' (1 to 15 bytes, without '/', ':' and spaces)")]
    [InlineData(
        " option name 0123456789abcdef",
        "@device[1].name, line 4: no device can have the name '0123456789abcdef' (1 to 15 bytes, without '/', ':' and spaces)")]
    public void A_device_without_a_name_of_its_own_is_left_out(string options, params string[] complaints)
    {
        var (config, findings) = Read($"config device\n option name eth0\nconfig device\n{options}\n");

        Assert.Equal("eth0", Assert.Single(config.Devices).Name);
        complaints[^1] += "; this section is left out";
        Assert.Equal(complaints.Select(complaint => "Error flowtabled." + complaint), ConfigText.Lines(findings));
    }

    [Fact]
    public void Any_name_that_the_kernel_takes_will_do() =>
        Assert.Equal("\u00ff%\\é", Assert.Single(Read("config device\n option name '\u00ff%\\é'\n").Config.Devices).Name);

    [Fact]
    public void What_cannot_be_read_of_a_device_has_its_default()
    {
        var (config, findings) = Read("config device\n option name a\n option exclude maybe\n option level deep\n option x y\n");

        Assert.Equal([new("a", false, DeviceLevel.Auto)], config.Devices);
        Assert.Equal(
            [
                "Warning flowtabled.@device[0].x, line 5: no option of ours; there are name, exclude, level, hw",
                "Error flowtabled.@device[0].exclude, line 3: 'maybe' is not a boolean (1 or 0); read as 0",
                "Error flowtabled.@device[0].level, line 4: 'deep' is none of auto, self, port; read as auto",
            ],
            ConfigText.Lines(findings));
    }

    [Fact]
    public void Hosts_and_ports_that_cannot_be_read_cost_themselves_alone()
    {
        var (config, findings) = Read(
            """
            config exclude 'voip'
                list host '192.168.1.20'
                list host '10.1'
                list host 'fe80::1%lan'
                option port '5060 10000-20000 0-65536'
            config exclude
                option name 'net'
                list host '2001:db8::5/32'
            config exclude
                list port '20-10'
            """);

        Assert.Equal(
            ["voip: 192.168.1.20; 5060, 10000-20000", "net: 2001:db8::/32; "],
            config.Exclusions.Select(static e => $"{e.Name}: {string.Join(", ", e.HostTexts)}; {string.Join(", ", e.PortTexts)}"));
        Assert.Equal(
            [
                "Error flowtabled.voip.host, line 2: '10.1' is neither an address nor a network (192.0.2.1, 2001:db8::/32); it is left out",
                "Error flowtabled.voip.host, line 2: 'fe80::1%lan' is neither an address nor a network (192.0.2.1, 2001:db8::/32); it is left out",
                "Error flowtabled.voip.port, line 5: '0-65536' is neither a port nor a range of ports (443, 5000-6000); it is left out",
                "Error flowtabled.@exclude[2].port, line 10: '20-10' is neither a port nor a range of ports (443, 5000-6000); it is left out",
                "Warning flowtabled.@exclude[2], line 9: excludes nothing: it names neither a host nor a port",
            ],
            ConfigText.Lines(findings));
    }

    [Fact]
    public void Sections_that_are_not_read_are_found()
    {
        var (config, findings) = Read("config flowtabled main\nconfig flowtabled\n option enabled 0\nconfig devices\n");

        Assert.True(config.Enabled);
        Assert.Equal(
            [
                "Warning flowtabled.@flowtabled[1], line 2: only the first 'flowtabled' section is read",
                "Warning flowtabled.@devices[0], line 4: 'devices' is no section type of ours: flowtabled, device, exclude",
            ],
            ConfigText.Lines(findings));
    }

    private static (FlowtabledConfig Config, ImmutableArray<ConfigFinding> Findings) Read(string text) =>
        FlowtabledConfig.Read(ConfigText.Parse("flowtabled", text));
}
