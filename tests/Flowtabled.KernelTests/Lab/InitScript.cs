namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// OpenWrt's init script with a stand-in for procd, which starts nothing and ends the process whose id it is given, and a firewall that wants to offload.
/// Its files are in a directory of the test's own instead of the root.
/// </summary>
internal sealed class InitScript : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-init").FullName;
    private readonly string _runDirectory;

    public InitScript(Topology topology, RecordedFirewall firewall)
    {
        _runDirectory = topology.RunDirectory;
        foreach (var name in (string[])["rc.common", "flowtabled.init"])
        {
            var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openwrt", name));
            File.WriteAllText(
                Path.Combine(_root, name),
                text.Replace("/var/run", _runDirectory, StringComparison.Ordinal).Replace("/sbin/fw4", firewall.Program, StringComparison.Ordinal)
                    .Replace("/record", _root + "/record", StringComparison.Ordinal).Replace("/option.", _root + "/option.", StringComparison.Ordinal));
        }

        File.WriteAllText(Path.Combine(_root, "option.flow_offloading"), "1\n");
        File.WriteAllText(Path.Combine(_runDirectory, "fw4.state"), "{}");
    }

    /// <summary>Runs an action of it in the router, and waits for its end.</summary>
    /// <param name="action"><c>stop</c>, <c>restart</c>.</param>
    /// <param name="environment">A variable, as <c>NAME=value</c>; or nothing.</param>
    /// <param name="daemon">The daemon that runs.</param>
    public void Run(string action, string environment, RunningDaemon daemon)
    {
        File.WriteAllText(Path.Combine(_runDirectory, "flowtabled.pid"), $"{daemon.Process.Id}\n");
        Command.Run("ip", "netns", "exec", "router", "sh", "-euc", $"{environment} busybox sh {_root}/rc.common {_root}/flowtabled.init {action}");
        Assert.Equal(0, daemon.Process.AwaitEnd());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
