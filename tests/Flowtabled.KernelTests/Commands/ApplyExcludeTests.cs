using System.Text.RegularExpressions;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled apply</c> of sections <c>exclude</c> and <c>device</c> while connections run, UDP to see each packet that is lost.</summary>
public sealed partial class ApplyExcludeTests
{
    private const string Voice = "config exclude 'voice'\n";
    private const string Moved = "moved to the slow path, excluded now: ";

    [Fact]
    public void Hosts_and_ports_are_moved_out_and_let_back_when_their_section_goes()
    {
        using var topology = new Topology("--nat");
        Assert.Equal(0, ProgramCall.Run(topology, "apply").Status);
        using var flow4 = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        using var flow6 = new Traffic(Topology.Server6, "--udp --count 0 --rate 100");
        flow4.AwaitRunning();
        flow6.AwaitRunning();
        AwaitSlow("");

        Apply(Voice + "\tlist host '2001:db8:100::/48'\n\tlist host '203.0.113.9'\n", Moved + "1 connection\n", "6");
        Assert.Equal(["excluded_hosts4 203.0.113.9", "excluded_hosts6 2001:db8:100::/48", "held4", "held6"], Sets());
        Assert.Equal(["from an excluded host", "from an excluded host", "to an excluded host", "to an excluded host"], Rules());

        Apply(Voice + $"\tlist host '{Topology.Server4}'\n", Moved + "1 connection\n", "4");
        Apply(Voice + "\tlist port '5000-5001'\n\tlist port '7'\n", Moved + "1 connection\n", "4 6"); // The other was out.
        Assert.Equal(["excluded_ports 7, 5000-5001", "held4", "held6"], Sets());
        Assert.Equal(["from an excluded port", "to an excluded port"], Rules());

        Apply("", "", "");
        Assert.Equal(["held4", "held6"], Sets());
        Assert.Empty(Rules());
        Assert.Equal((0, 0), (flow4.Stop().Lost, flow6.Stop().Lost));

        void Apply(string config, string error, string slow)
        {
            topology.Commit("flowtabled", config);
            var call = ProgramCall.Run(topology, "apply");
            Assert.Equal((0, error), (call.Status, call.Error));
            AwaitSlow(slow);
            Assert.Equal(new ProgramCall(0, "nothing to change\n", ""), ProgramCall.Run(topology, "apply"));
        }
    }

    [Fact]
    public void A_device_keeps_its_connections_on_the_slow_path_until_its_section_goes()
    {
        using var topology = new Topology("--nat");
        topology.Commit("flowtabled", "config device\n\toption name 'wan'\n\toption exclude '1'\n");
        Assert.Equal(0, ProgramCall.Run(topology, "apply").Status);
        using var flow = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        flow.AwaitRunning();
        AwaitSlow("4");
        Assert.Equal("lan", Topology.FlowtableDevices());

        topology.Commit("flowtabled", "");
        Assert.Equal(0, ProgramCall.Run(topology, "apply").Status);
        AwaitSlow("");
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Fact]
    public void The_connections_that_run_through_a_device_are_moved_out_and_no_others()
    {
        using var topology = new Topology("--wan wireguard --nat");
        Assert.Equal(0, ProgramCall.Run(topology, "apply").Status);
        using var tunnel = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        using var cable = new Traffic("203.0.113.1", "--udp --count 0 --rate 100");
        tunnel.AwaitRunning();
        cable.AwaitRunning();
        AwaitSlow("");
        var other = Id();

        topology.Commit("flowtabled", "config device\n\toption name 'wg0'\n\toption exclude '1'\n");
        var call = ProgramCall.Run(topology, "apply");

        Assert.Equal((0, Moved + "1 connection\n"), (call.Status, call.Error));
        AwaitSlow("4");
        Assert.Equal(other, Id());
        Assert.Contains("[OFFLOAD]", Assert.Single(Listed(), static line => line.Contains("dst=203.0.113.1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal((0, 0), (tunnel.Stop().Lost, cable.Stop().Lost));

        static string Id() => Topology.InRouter("conntrack", "-L", "-s", "192.168.1.2", "-d", "203.0.113.1", "-o", "id").Split(" id=")[1];
    }

    [Fact]
    public void A_wrong_value_is_told_with_file_and_line_and_costs_itself_alone()
    {
        using var topology = new Topology("");
        topology.Commit("flowtabled", Voice + "\tlist host '192.168.1.300'\n\tlist host '192.168.1.2'\n\tlist port '99999'\n");

        var call = ProgramCall.Run(topology, "apply");

        Assert.Equal(0, call.Status);
        Assert.Equal(
            "flowtabled.voice.host, line 2: '192.168.1.300' is neither an address nor a network (192.0.2.1, 2001:db8::/32); it is left out\n"
                + "flowtabled.voice.port, line 4: '99999' is neither a port nor a range of ports (443, 5000-6000); it is left out\n",
            call.Error);
        Assert.Equal(["excluded_hosts4 192.168.1.2", "held4", "held6"], Sets());

        topology.Commit("flowtabled", Voice + "\tlist host\n\tlist 'x\n");
        var broken = ProgramCall.Run(topology, "apply");
        Assert.Equal((1, ""), (broken.Status, broken.Output));
        Assert.StartsWith($"flowtabled apply: {topology.ConfigDirectory}/flowtabled: Parse error (", broken.Error, StringComparison.Ordinal);
        Assert.Contains(" at line ", broken.Error, StringComparison.Ordinal);
        Assert.Equal(["excluded_hosts4 192.168.1.2", "held4", "held6"], Sets());
    }

    // Of the connections over IPv4 and IPv6, those on the slow path.
    private static void AwaitSlow(string versions) => Eventually.Is(
        () => string.Join(' ', Listed().Where(static line => !line.Contains("OFFLOAD", StringComparison.Ordinal)).Select(static line => line.Contains("2001:", StringComparison.Ordinal) ? "6" : "4").Order()) == versions,
        $"the slow path has '{versions}'",
        otherwise: static () => string.Join('\n', Listed()));

    private static string[] Listed() =>
        [.. Topology.InRouterShell("conntrack -L -f ipv4; conntrack -L -f ipv6").Split('\n').Where(static line => line.Contains("dport=5001 ", StringComparison.Ordinal))];

    // Each set of our table with its elements.
    private static string[] Sets() =>
    [
        .. Set().Matches(Table()).Select(static set => $"{set.Groups[1]} {Blank().Replace(set.Groups[2].Value, " ")}".TrimEnd()).Order(StringComparer.Ordinal),
    ];

    // The comments of the rules for what is excluded.
    private static string[] Rules() => [.. Comment().Matches(Table()).Select(static comment => comment.Groups[1].Value).Order(StringComparer.Ordinal)];

    private static string Table() => Topology.InRouter("nft", "list", "table", "inet", "flowtabled");

    [GeneratedRegex(@"set (\w+) {[^{}]*(?:elements = { ([^}]*?) })?\s*}")]
    private static partial Regex Set();

    [GeneratedRegex(@"comment ""([^""]* excluded [^""]*)""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
