using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>What is left in the kernel when the daemon goes, beside a firewall that offloads: nft's listing of all of it is the judge.</summary>
public sealed class FirewallReturnTests
{
    /// <summary>Removal runs the same action: the package's prerm has default_prerm stop it.</summary>
    [Theory]
    [InlineData("software", "--nat")]
    [InlineData("hardware", "--nat --chip lan,wan")]
    public void Stopped_or_removed_it_leaves_the_firewall_as_if_it_had_never_been_there(string recording, string options)
    {
        using var topology = new Topology(options);
        var isHardware = recording == "hardware";
        if (isHardware)
            topology.WantHardware();
        using var firewall = new RecordedFirewall(recording);
        using var script = new InitScript(topology, firewall);
        var before = Ruleset.Now;
        Assert.Empty(before.Ours);
        using var daemon = new RunningDaemon(topology);
        Assert.False(RecordedFirewall.Now.Offloads);
        using var flow = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        flow.AwaitRunning();
        AwaitOffloaded(isHardware);

        script.Run("stop", "", daemon);

        before.AssertEqual(Ruleset.Now);
        AwaitOffloaded(isHardware);
        Assert.Equal(0, flow.Stop().Lost);
        if (isHardware)
        {
            Topology.InRouter("conntrack", "-F");
            SwitchChip.AwaitEntries(0);
        }
    }

    [Fact]
    public void Killed_it_offloads_on_and_the_firewalls_next_reload_brings_its_own_back_beside_it()
    {
        using var topology = new Topology("--nat");
        using var firewall = new RecordedFirewall("software");
        var stock = Ruleset.Now;
        using var killed = new RunningDaemon(topology);
        using var flow = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        flow.AwaitRunning();
        AwaitOffloaded();
        var before = Ruleset.Now;

        killed.Kill();
        before.AssertEqual(Ruleset.Now);
        Topology.AwaitNothingSeen();
        firewall.Load();

        new Ruleset(before.Ours, stock.Others).AssertEqual(Ruleset.Now);
        AwaitOffloaded();
        Topology.AssertHardlySeen();
        using var daemon = new RunningDaemon(topology);
        before.AssertEqual(Ruleset.Now);
        Assert.Equal(0, flow.Stop().Lost);
    }

    [Theory]
    [InlineData("restart", "")] // apk: the package's postinst.
    [InlineData("stop", "PKG_UPGRADE=1")] // opkg: default_prerm, and default_postinst starts it.
    public void Upgraded_it_goes_on_with_what_is_there(string action, string environment)
    {
        using var topology = new Topology("--nat");
        using var firewall = new RecordedFirewall("software");
        using var script = new InitScript(topology, firewall);
        var program = Path.Combine(topology.RunDirectory, "program");
        File.Copy(PublishedBinary.Path, program);
        using var old = new RunningDaemon(topology, program: program);
        using var flow = new Traffic(Topology.Server4, "--udp --count 0 --rate 100");
        flow.AwaitRunning();
        AwaitOffloaded();
        Topology.AwaitNothingSeen();
        var (before, handles) = (Ruleset.Now, Ruleset.Handles);

        File.Copy(PublishedBinary.Path, program + ".new");
        File.Move(program + ".new", program, overwrite: true);
        script.Run(action, environment, old);
        before.AssertEqual(Ruleset.Now);
        using var daemon = new RunningDaemon(topology, program: program);
        daemon.AwaitCalm();

        before.AssertEqual(Ruleset.Now);
        Assert.Equal(handles, Ruleset.Handles);
        Assert.InRange(daemon.Batches, 0, 1); // To own the table again takes one message.
        Topology.AssertHardlySeen();
        Assert.Equal(0, flow.Stop().Lost);
    }

    private static void AwaitOffloaded(bool isHardware = false) => Eventually.Is(
        () => Topology.Connections() is [var connection] && connection.Contains(isHardware ? "[HW_OFFLOAD]" : "[OFFLOAD]", StringComparison.Ordinal),
        "the flow is offloaded",
        otherwise: static () => string.Join('\n', Topology.Connections()));
}
