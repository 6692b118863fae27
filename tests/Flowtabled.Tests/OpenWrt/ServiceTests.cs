using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Flowtabled.Daemon;
using Flowtabled.Daemon.Bus;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.OpenWrt;

/// <summary>What service managers are told of the program.</summary>
public sealed partial class ServiceTests
{
    [Fact]
    public void Service_managers_have_more_patience_than_the_longest_end()
    {
        double procd = Number(TermTimeout(), OpenWrtFiles.InitScript);
        double systemd = Number(TimeoutStop(), OpenWrtFiles.Unit);

        Assert.True(DaemonHost.LongestEnd.TotalSeconds >= FlowtabledConfig.LongestDrain + 5);
        Assert.True(procd >= DaemonHost.LongestEnd.TotalSeconds + 5);
        Assert.Equal(procd, systemd);
    }

    [Fact]
    public void It_has_one_capability()
    {
        using var document = JsonDocument.Parse(OpenWrtFiles.Read("openwrt/flowtabled.capabilities.json"));
        Assert.Equal(
            ["bounding", "effective", "ambient", "permitted", "inheritable"],
            document.RootElement.EnumerateObject().Select(static set => set.Name));
        foreach (var set in document.RootElement.EnumerateObject())
            Assert.Equal("""["CAP_NET_ADMIN"]""", Blank().Replace(set.Value.GetRawText(), ""));
        Assert.Contains("\nCapabilityBoundingSet=CAP_NET_ADMIN\n", OpenWrtFiles.Unit, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_read_over_ubus_may_not_change()
    {
        using var document = JsonDocument.Parse(OpenWrtFiles.Read("openwrt/flowtabled.acl.json"));
        var role = document.RootElement.GetProperty("flowtabled");
        Assert.Equal(["status", "devices", "flows", "totals", "plan", "doctor", "get_config"], Methods(role.GetProperty("read")));
        Assert.Equal(["kick", "reload", "set_exclude"], Methods(role.GetProperty("write")));
    }

    [Fact]
    public void Each_method_on_ubus_is_for_those_who_may_read_or_for_those_who_may_change()
    {
        using var document = JsonDocument.Parse(OpenWrtFiles.Read("openwrt/flowtabled.acl.json"));
        var role = document.RootElement.GetProperty("flowtabled");
        Assert.Equal(
            BusObject.Methods.Select(static method => method.Name).Order(StringComparer.Ordinal),
            Methods(role.GetProperty("read")).Concat(Methods(role.GetProperty("write"))).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("net9.0", "", 1)]
    [InlineData("net9.0", "ALLOW_EOL=1", 0)]
    [InlineData("net8.0", "", 1)]
    [InlineData("net10.0", "", 0)]
    public async Task A_package_takes_a_runtime_that_is_supported(string framework, string environment, int status)
    {
        var (actual, _, error) = await Bash.RunAsync("env $3 \"$1\" $2", OpenWrtFiles.PathOf("supported"), framework, environment);
        Assert.Equal(status, actual);
        Assert.Equal(status == 0, error.Length == 0);
        Assert.Equal(status == 0, !error.Contains("ALLOW_EOL=1", StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Methods(JsonElement access) =>
        access.GetProperty("ubus").GetProperty("flowtabled").EnumerateArray().Select(static method => method.GetString());

    private static double Number(Regex pattern, string text) =>
        double.Parse(pattern.Match(text).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^TERM_TIMEOUT=([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex TermTimeout();

    [GeneratedRegex("^TimeoutStopSec=([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex TimeoutStop();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blank();
}
