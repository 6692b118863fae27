namespace Flowtabled.Tests.OpenWrt;

/// <summary>The init script, run by busybox's shell in a root of its own by a stand-in for rc.common that writes down what procd is told.</summary>
public sealed class InitScriptTests
{
    private const string Root = """
        root=$(mktemp -d)
        trap 'kill -KILL %1 2>/dev/null || true; rm -rf "$root"' EXIT
        mkdir -p "$root"/{bin,sbin,dev,etc/capabilities,var/run/flowtabled}
        touch "$root/dev/null"
        cp "$(command -v busybox)" "$root/bin/busybox"
        for applet in sh cat kill sleep touch rm; do ln -s busybox "$root/bin/$applet"; done
        cp "$1/fixtures/openwrt/rc.common" "$root/etc/rc.common"
        cp "$1/openwrt/flowtabled.init" "$root/etc/flowtabled"
        printf '#!/bin/sh\necho "fw4 $*" >>/record\n' >"$root/sbin/fw4"
        chmod +x "$root/sbin/fw4"
        run() { unshare -r chroot "$root" /bin/env PATH=/bin:/sbin $environment /bin/sh /etc/rc.common /etc/flowtabled "$1"; }
        ln -s busybox "$root/bin/env"
        environment=

        """;

    [Fact]
    public async Task It_starts_with_what_procd_has_to_know()
    {
        string record = await RunAsync("touch \"$root/sbin/ujail\" \"$root/etc/capabilities/flowtabled.json\"; chmod +x \"$root/sbin/ujail\"; run start");
        Assert.Contains(
            """
            procd_open_instance
            procd_set_param command /usr/sbin/flowtabled run
            procd_set_param pidfile /var/run/flowtabled.pid
            procd_set_param respawn 3600 10 0
            procd_set_param term_timeout 75
            procd_set_param stdout 1
            procd_set_param stderr 1
            procd_set_param capabilities /etc/capabilities/flowtabled.json
            procd_set_param no_new_privs 1
            procd_close_instance
            procd_add_reload_trigger flowtabled firewall network
            procd_add_validation validate_main
            procd_add_validation validate_device

            """,
            record,
            StringComparison.Ordinal);
        Assert.DoesNotContain("logger", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_jail_it_starts_all_the_same()
    {
        string record = await RunAsync("run start");
        Assert.DoesNotContain("capabilities", record, StringComparison.Ordinal);
        Assert.Contains("procd_set_param stderr 1\nprocd_close_instance\n", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_value_is_told_and_costs_nothing_else()
    {
        string record = await RunAsync("touch \"$root/invalid\"; run start");
        Assert.Contains("logger -t flowtabled -p daemon.warn /etc/config/flowtabled: section 'main' has a wrong value", record, StringComparison.Ordinal);
        Assert.Contains("procd_close_instance", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reloading_is_a_signal()
    {
        Assert.EndsWith("procd_send_signal flowtabled\n", await RunAsync("run reload"), StringComparison.Ordinal);
    }

    /// <summary>The firewall comes back where it is loaded and wants to offload, and only when we are gone for longer.</summary>
    [Theory]
    [InlineData("stop", "1", true, "", "fw4 -q reload")]
    [InlineData("stop", "true", true, "", "fw4 -q reload")]
    [InlineData("stop", "0", true, "", "")]
    [InlineData("stop", "", true, "", "")]
    [InlineData("stop", "1", false, "", "")]
    [InlineData("stop", "1", true, "PKG_UPGRADE=1", "")]
    [InlineData("restart", "1", true, "", "")]
    [InlineData("shutdown", "1", true, "", "")]
    public async Task Who_stops_it_gets_the_firewalls_own_offload_back(string action, string option, bool loaded, string environment, string expected)
    {
        string record = await RunAsync(
            $"echo '{option}' >\"$root/option.flow_offloading\"; {(loaded ? "" : "#")} touch \"$root/var/run/fw4.state\"\n"
            + $"environment={environment}; run {action}");
        Assert.Contains("procd_kill\n", record, StringComparison.Ordinal);
        Assert.Equal(expected, record.Split('\n').FirstOrDefault(static line => line.StartsWith("fw4", StringComparison.Ordinal)) ?? "");
    }

    [Theory]
    [InlineData("stop", "", false)]
    [InlineData("stop", "PKG_UPGRADE=1", true)]
    [InlineData("restart", "", true)]
    [InlineData("shutdown", "", false)]
    public async Task Who_starts_it_again_has_the_tables_stay(string action, string environment, bool kept)
    {
        string record = await RunAsync($"environment={environment}; run {action}; [ ! -e \"$root/var/run/flowtabled/keep\" ] || echo kept >>\"$root/record\"");
        Assert.Equal(kept, record.EndsWith("kept\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_waits_for_the_end_before_the_firewall_comes_back()
    {
        string record = await RunAsync(
            """
            echo 1 >"$root/option.flow_offloading"
            touch "$root/var/run/fw4.state"
            (trap 'sleep 1; echo ended >>"$root/record"; exit' TERM; touch "$root/ready"; while :; do sleep 0.1; done) &
            echo $! >"$root/var/run/flowtabled.pid"
            while [ ! -e "$root/ready" ]; do sleep 0.05; done
            run stop
            """);
        Assert.EndsWith("procd_kill\nended\nuci -q get firewall.@defaults[0].flow_offloading\nfw4 -q reload\n", record, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string script)
    {
        var (status, output, error) = await Bash.RunAsync(Root + script + "\ncat \"$root/record\"", AppContext.BaseDirectory);
        Assert.Equal((0, ""), (status, error));
        return output;
    }
}
