using System.Diagnostics;
using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>A router whose chip can be made to fail, and a daemon that watches it with little patience.</summary>
public sealed class HealthLab : IDisposable
{
    private readonly Topology _topology = new("--nat --chip lan,wan");
    private readonly RunningDaemon _daemon;
    private bool _isAsNew = true;

    public HealthLab()
    {
        Topology.InRouterShell("sysctl -qw net.netfilter.nf_conntrack_acct=1");
        _topology.WantHardware();
        // The kernel asks the chip for counters after a tenth of it: silence means something the sooner.
        _topology.Commit("flowtabled", "config flowtabled 'main'\n\toption hw_flow_timeout '10'\n");
        _daemon = new RunningDaemon(_topology, "--window 1");
        AwaitUse();
    }

    internal RunningDaemon Daemon => _daemon;

    internal string Status => ProgramCall.Run(_topology, "status").Output;

    /// <summary>Nothing is left of what was before: hardware is trusted as in the beginning, and what did not end well is made good.</summary>
    internal void BeginAnew()
    {
        HangUp();
        if (!_isAsNew)
            Recover();
        _isAsNew = false;
    }

    /// <summary>Heals the chip, ends what is in it, and waits until hardware is used and there is nothing to say of it.</summary>
    /// <param name="isDistrusted">Whether hardware is to be tried again before its time.</param>
    internal void Recover(bool isDistrusted = false)
    {
        SwitchChip.Heal();
        SwitchChip.Offload(on: true);
        Topology.InRouter("conntrack", "-F");
        if (isDistrusted)
            HangUp();
        AwaitStatus("no findings", static status => status.GetProperty("findings").GetArrayLength() == 0);
        AwaitUse();
        SwitchChip.AwaitEntries(0);
        _isAsNew = true;
    }

    /// <summary>The firewall loads again, as it does for each address that comes: what is wrong with hardware is wrong still.</summary>
    internal void LoadFirewall()
    {
        var reads = _daemon.ConfigReads;
        File.WriteAllText(Path.Combine(_topology.RunDirectory, "fw4.state"), "{}");
        Eventually.Is(() => _daemon.ConfigReads > reads, "what the firewall loaded is read", otherwise: () => _daemon.Process.Output);
        Thread.Sleep(200); // What comes of it, comes at once.
        Assert.NotNull(_daemon.Distrust);
    }

    private void HangUp()
    {
        var passes = _daemon.Passes;
        _daemon.Process.Signal("HUP");
        Eventually.Is(() => _daemon.Passes > passes, "the configuration is read", otherwise: () => _daemon.Process.Output);
    }

    private void AwaitUse() => SwitchChip.AwaitBound(1, TimeSpan.FromSeconds(20), () => _daemon.Process.Output);

    internal void AwaitFinding(string part) => AwaitStatus(
        $"the finding '{part}'",
        status => status.GetProperty("findings").EnumerateArray().Any(finding => Text(finding).Contains(part, StringComparison.Ordinal)));

    /// <summary>Waits for what the status tells of all connections in hardware: how many there are, and how many of them in one direction only.</summary>
    internal void AwaitFlows(string what, Func<(int Hardware, int Half)> expected) => AwaitStatus(
        what,
        status => status.GetProperty("hardware") is { ValueKind: JsonValueKind.Object } flows
            && (Number(flows.GetProperty("hardware")), Number(flows.GetProperty("half"))) == expected());

    /// <summary>All that there is to see, for a message.</summary>
    internal string Describe() => string.Join('\n', [Status, _daemon.Process.Output, .. Topology.Connections(), .. SwitchChip.Entries]);

    public void Dispose()
    {
        SwitchChip.Heal();
        _daemon.Dispose();
        _topology.Dispose();
    }

    private static string Text(JsonElement finding) =>
        $"{finding.GetProperty("code").GetString()} {finding.GetProperty("place").GetString()}: {finding.GetProperty("message").GetString()}";

    private static int Number(JsonElement number) => number.ValueKind == JsonValueKind.Number ? number.GetInt32() : -1;

    // The guest has one processor, and the traffic needs it too: the program is run when the daemon has something new to say, and each second.
    private void AwaitStatus(string what, Func<JsonElement, bool> isSo)
    {
        var (heard, asked) = ("nothing", Stopwatch.StartNew());
        Eventually.Is(
            () =>
            {
                var news = _daemon.HardwareNews;
                if (news == heard && asked.ElapsedMilliseconds < 1000)
                    return false;
                heard = news;
                asked.Restart();
                // Findings are no failure here.
                using var status = JsonDocument.Parse(ProgramCall.Run(_topology, "status --json").Output);
                return isSo(status.RootElement);
            },
            what,
            TimeSpan.FromSeconds(20),
            Describe);
    }
}
