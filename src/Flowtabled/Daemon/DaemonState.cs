using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Daemon;

/// <summary>What only the daemon knows, for the commands: a line for each value, its name first, in /var/run/flowtabled/state.</summary>
internal sealed record DaemonState
{
    /// <summary>The program's version. Its commands read no other version's state.</summary>
    public required string Program { get; init; }

    public required int Pid { get; init; }

    /// <summary>The netlink port of the socket that owns its table.</summary>
    public uint Port { get; init; }

    /// <summary>Whether it does without an owner where the kernel has them.</summary>
    public bool PlainTable { get; init; }

    /// <summary>When it started, in seconds since the system did: a router knows the time of day only after it is online.</summary>
    public required long StartedAt { get; init; }

    /// <summary>How often it compared what is with what should be.</summary>
    public long Passes { get; init; }

    /// <summary>How often that took a batch.</summary>
    public long Batches { get; init; }

    /// <summary>How often it could not do what it should.</summary>
    public long Refusals { get; init; }

    /// <summary>How often the kernel's events were lost and everything was read again.</summary>
    public long Resyncs { get; init; }

    /// <summary>How often the configuration was read.</summary>
    public long ConfigReads { get; init; }

    /// <summary>Files that cannot be read; what they said before stays in effect.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>Why what should be is not: the kernel's last refusal; null when there is none.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why it does not use hardware, when it alone knows; null when there is no such reason.</summary>
    public string? Distrust { get; init; }

    /// <summary>What other programs told it to exclude.</summary>
    public ImmutableArray<NamedExclusion> Exclusions { get; init; } = [];

    /// <summary>How connections fare in hardware.</summary>
    public HardwareReport Health { get; init; } = HardwareReport.Nothing;

    /// <summary>What the watch of connections has come to; null before its first round.</summary>
    public WatchSummary? Watch { get; init; }

    /// <summary>The lines. Texts are made one line each.</summary>
    public string Format()
    {
        var text = new StringBuilder();
        Line("program", Program);
        Line("pid", Number(Pid));
        Line("port", Number(Port));
        Line("plain_table", Number(PlainTable ? 1 : 0));
        Line("started_at", Number(StartedAt));
        Line("passes", Number(Passes));
        Line("batches", Number(Batches));
        Line("refusals", Number(Refusals));
        Line("resyncs", Number(Resyncs));
        Line("config_reads", Number(ConfigReads));
        foreach (var problem in Problems)
            Line("problem", problem);
        if (Refusal is not null)
            Line("refusal", Refusal);
        if (Distrust is not null)
            Line("distrust", Distrust);
        foreach (var exclusion in Exclusions)
            Line("exclusion", string.Join(' ', [exclusion.Name, .. exclusion.Devices, "/", .. exclusion.HostTexts, "/", .. exclusion.PortTexts]));
        if (!Health.Devices.IsEmpty)
            Line("measured", Number(Health.IsMeasured ? 1 : 0));
        foreach (var flows in Health.Devices.Insert(0, Health.Sum))
            Line("flows", HealthLine.Format(flows));
        foreach (var finding in Health.Findings)
            Line("finding", HealthLine.Format(finding));
        if (Watch is not null)
            Line("watch", Watch.Format());
        return text.ToString();

        void Line(string name, string value) => text.Append(name).Append(' ').Append(value.ReplaceLineEndings(" ")).Append('\n');

        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
    }

    // Its name, devices, hosts and ports, with a slash alone between the lists; null without a name.
    private static NamedExclusion? ParseExclusion(string line)
    {
        var lists = (ReadOnlySpan<List<string>>)[[], [], []];
        var list = 0;
        foreach (var word in line.Split(' '))
        {
            if (word == "/")
                list = Math.Min(list + 1, lists.Length - 1);
            else
                lists[list].Add(word);
        }

        return lists[0].Count == 0 ? null : new NamedExclusion(lists[0][0], [.. lists[0].Skip(1)])
        {
            Hosts = [.. lists[1].Select(HostRange.TryParse).Where(static host => host is not null).Select(static host => host!)],
            Ports = [.. lists[2].Select(PortRange.TryParse).Where(static port => port is not null).Select(static port => port!)],
        };
    }

    /// <summary>Reads the lines; null when a value that must be there is not, or is no number.</summary>
    public static DaemonState? Parse(string text)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var exclusions = ImmutableArray.CreateBuilder<NamedExclusion>();
        var (flows, findings) = (new List<string>(), new List<string>());
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            if (end < 0)
                return null;
            var (name, value) = (line[..end], line[(end + 1)..]);
            switch (name)
            {
                case "problem":
                    problems.Add(value);
                    break;
                case "exclusion":
                    if (ParseExclusion(value) is { } exclusion)
                        exclusions.Add(exclusion);
                    break;
                case "flows":
                    flows.Add(value);
                    break;
                case "finding":
                    findings.Add(value);
                    break;
                default:
                    values[name] = value;
                    break;
            }
        }

        if (!values.TryGetValue("program", out var program) || Number("pid") is not { } pid || Number("started_at") is not { } startedAt)
            return null;
        return new DaemonState
        {
            Program = program,
            Pid = (int)pid,
            Port = (uint)(Number("port") ?? 0),
            PlainTable = Number("plain_table") == 1,
            StartedAt = startedAt,
            Passes = Number("passes") ?? 0,
            Batches = Number("batches") ?? 0,
            Refusals = Number("refusals") ?? 0,
            Resyncs = Number("resyncs") ?? 0,
            ConfigReads = Number("config_reads") ?? 0,
            Problems = problems.ToImmutable(),
            Refusal = values.GetValueOrDefault("refusal"),
            Distrust = values.GetValueOrDefault("distrust"),
            Exclusions = exclusions.ToImmutable(),
            Health = HealthLine.Parse(flows, findings, Number("measured") == 1),
            Watch = values.TryGetValue("watch", out var watch) ? WatchSummary.Parse(watch) : null,
        };

        long? Number(string name) =>
            values.TryGetValue(name, out var value) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
