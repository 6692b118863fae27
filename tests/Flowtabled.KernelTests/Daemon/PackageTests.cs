using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The package's own scripts, as the package managers run them, beside a firewall that offloads into hardware while connections run there.</summary>
public sealed class PackageTests
{
    private const string OwnConfiguration = "config device\n\toption name 'lan'\n";

    [Theory]
    [InlineData("opkg")]
    [InlineData("apk")]
    public void It_is_installed_upgraded_and_removed_with_nothing_lost_and_nothing_left(string manager)
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var firewall = new RecordedFirewall("hardware");
        using var root = new PackageRoot(topology, firewall, manager);
        var configuration = root.PathOf("etc/config/flowtabled");
        File.WriteAllText(configuration, OwnConfiguration);
        var (stock, files) = (Ruleset.Now, root.Written);

        root.Install();

        Eventually.Is(static () => Ruleset.Now.Ours.Length > 0, "our tables stand", otherwise: () => root.Log);
        Assert.Equal(OwnConfiguration + "\nconfig flowtabled 'main'\n", File.ReadAllText(configuration));
        Assert.False(File.Exists(root.PathOf("etc/uci-defaults/flowtabled")));
        Assert.Equal("../init.d/flowtabled", new FileInfo(root.PathOf("etc/rc.d/S20flowtabled")).LinkTarget);
        Assert.Equal("../init.d/flowtabled", new FileInfo(root.PathOf("etc/rc.d/K80flowtabled")).LinkTarget);
        using var flows = new HardwareFlows();
        Eventually.Is(() => File.Exists(root.PathOf("etc/flowtabled/hw-trial")), "hardware is on trial");
        var (ruleset, handles, daemon) = (Ruleset.Now, Ruleset.Handles, root.Daemon);

        root.Upgrade();

        Eventually.Is(() => root.Daemon is { } pid && pid != daemon && File.Exists(root.PathOf("run/flowtabled/state")), "the new program runs", otherwise: () => root.Log);
        Assert.DoesNotContain("(deleted)", new FileInfo($"/proc/{root.Daemon}/exe").LinkTarget!, StringComparison.Ordinal);
        ruleset.AssertEqual(Ruleset.Now);
        Assert.Equal(handles, Ruleset.Handles);
        Assert.Equal(8, SwitchChip.Entries.Length);
        Assert.True(File.Exists(root.PathOf("etc/rc.d/S20flowtabled")));

        root.Remove();

        stock.AssertEqual(Ruleset.Now);
        Assert.Null(root.Daemon);
        Assert.Equal(["./etc/config/flowtabled", "./var/log/flowtabled"], root.Written.Except(files.Except(["./etc/config/flowtabled"])));
        Assert.Equal(OwnConfiguration + "\nconfig flowtabled 'main'\n", File.ReadAllText(configuration));
        SwitchChip.AwaitEntries(8); // The firewall's own offload is back.
        flows.LostNothing();
        Topology.InRouter("conntrack", "-F");
        SwitchChip.AwaitEntries(0);
    }
}
