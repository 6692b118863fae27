using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>A router whose chip can be made to fail, and a daemon that watches it with little patience.</summary>
public sealed class HealthLab : IDisposable
{
    private readonly Topology _topology = new("--nat --chip lan,wan");
    private readonly RunningDaemon _daemon;

    public HealthLab()
    {
        Topology.InRouterShell("sysctl -qw net.netfilter.nf_conntrack_acct=1");
        _topology.WantHardware();
        _daemon = new RunningDaemon(_topology, "--window 1");
        AwaitUse();
    }

    internal RunningDaemon Daemon => _daemon;

    internal string[] Findings => [.. Read("findings").EnumerateArray().Select(Text)];

    internal string Status => Topology.InRouter(
        PublishedBinary.Path, "status", "--config-dir", _topology.ConfigDirectory, "--run-dir", _topology.RunDirectory);

    /// <summary>Nothing is left of what was before.</summary>
    internal void BeginAnew()
    {
        SwitchChip.Heal();
        Topology.InRouter("conntrack", "-F");
        _daemon.Process.Signal("HUP");
        AwaitWell();
        SwitchChip.AwaitEntries(0);
    }

    /// <summary>Waits until hardware is used, and there is nothing to say of it.</summary>
    internal void AwaitWell()
    {
        Eventually.Is(() => Findings.Length == 0, "no findings", TimeSpan.FromSeconds(20), Describe);
        AwaitUse();
    }

    private void AwaitUse() => Eventually.Is(
        static () => SwitchChip.Bound is ["fts0 1", "fts1 1"], "hardware is used", TimeSpan.FromSeconds(20), () => _daemon.Process.Output);

    /// <summary>How many connections run where, of the sum: hardware, half, unused, silent, software.</summary>
    internal (int Hardware, int Half, int Unused, int Silent, int Software) Flows()
    {
        var flows = Read("hardware");
        return (Number("hardware"), Number("half"), Number("unused"), Number("silent"), Number("software"));

        int Number(string name) => flows.ValueKind == JsonValueKind.Object && flows.GetProperty(name) is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : -1;
    }

    internal void AwaitFinding(string part) => Eventually.Is(
        () => Findings.Any(finding => finding.Contains(part, StringComparison.Ordinal)),
        $"the finding '{part}'",
        TimeSpan.FromSeconds(20),
        Describe);

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

    private JsonElement Read(string part)
    {
        // The guest has one processor, and the traffic needs it too.
        Thread.Sleep(150);
        // Findings are no failure here.
        var (_, output, _) = Command.Try(
            "ip", "netns", "exec", "router", PublishedBinary.Path, "status", "--json",
            "--config-dir", _topology.ConfigDirectory, "--run-dir", _topology.RunDirectory);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty(part).Clone();
    }
}
