using System.Collections.Immutable;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Config;

/// <summary>Our own configuration, /etc/config/flowtabled.</summary>
/// <param name="Enabled">Whether there is to be a flowtable.</param>
/// <param name="Mode">Whether to write or only to watch.</param>
/// <param name="Counter">Whether the flowtables count, and so conntrack's counters hold for offloaded flows.</param>
/// <param name="LogLevel">What to log.</param>
/// <param name="Devices">Rules for single devices, each name once.</param>
public sealed record FlowtabledConfig(
    bool Enabled, OffloadMode Mode, bool Counter, LogVerbosity LogLevel, ImmutableArray<DeviceRule> Devices)
{
    /// <summary>Whether to use the chip.</summary>
    public HardwareUse Hw { get; init; }

    /// <summary>Whether to use it for shaped devices too.</summary>
    public ShapedUse HwShaped { get; init; }

    /// <summary>
    /// Seconds for which hardware must be well before it is trusted; 0: it is trusted at once. After ten minutes a router has started, its
    /// stations have come back, and flows have aged out of the chip many times.
    /// </summary>
    public int HwTrial { get; init; } = 600;

    /// <summary>Seconds that a flow stays in a flowtable without a packet, while there is hardware; null: what the kernel has.</summary>
    public int? HwFlowTimeout { get; init; }

    /// <summary>Seconds that a clean end waits for the chip to be empty.</summary>
    public int DrainTimeout { get; init; } = 10;

    /// <summary>The hosts and ports to keep out of every flowtable.</summary>
    public ImmutableArray<NamedExclusion> Exclusions { get; init; } = [];

    /// <summary>The most that <see cref="DrainTimeout"/> can be.</summary>
    public const int LongestDrain = 60;

    /// <summary>Whether conntrack is made to count what connections carry.</summary>
    public bool Accounting { get; init; } = true;

    /// <summary>How many connections are watched one by one.</summary>
    public int MaxFlows { get; init; } = 4096;

    /// <summary>What holds without a file.</summary>
    public static FlowtabledConfig Default { get; } = new(true, OffloadMode.Manage, true, LogVerbosity.Info, []);

    private const int LongestTrial = 7 * 24 * 3600;

    private const int LongestFlow = 3600;

    /// <summary>The options of a <c>flowtabled</c> section.</summary>
    internal static string[] MainOptions { get; } =
        ["enabled", "mode", "counter", "log_level", "hw", "hw_shaped", "hw_trial", "hw_flow_timeout", "drain_timeout", "accounting", "max_flows"];

    /// <summary>The options of a <c>device</c> section.</summary>
    internal static string[] DeviceOptions { get; } = ["name", "exclude", "level", "hw"];

    /// <summary>The options of an <c>exclude</c> section.</summary>
    internal static string[] ExcludeOptions { get; } = ["name", "host", "port"];

    /// <summary>Reads the package. What cannot be read has its default and a finding.</summary>
    /// <param name="package">The flowtabled package; null when there is no such file.</param>
    public static (FlowtabledConfig Config, ImmutableArray<ConfigFinding> Findings) Read(UciPackage? package)
    {
        if (package is null)
            return (Default, []);

        var findings = new FindingCollector(package);
        var devices = ImmutableArray.CreateBuilder<DeviceRule>();
        var exclusions = ImmutableArray.CreateBuilder<NamedExclusion>();
        UciSection? main = null;
        foreach (var section in package.Sections)
        {
            if (section.Type == "device")
            {
                if (ReadDevice(section, devices, findings) is { } device)
                    devices.Add(device);
            }
            else if (section.Type == "exclude")
            {
                if (ExcludeSection.Read(section, package.Reference(section), findings) is { } exclusion)
                    exclusions.Add(exclusion);
            }
            else if (section.Type != "flowtabled")
            {
                findings.Add(FindingSeverity.Warning, section, null, $"'{section.Type}' is no section type of ours: flowtabled, device, exclude");
            }
            else if (main is not null)
            {
                findings.Add(FindingSeverity.Warning, section, null, "only the first 'flowtabled' section is read");
            }
            else
            {
                main = section;
            }
        }

        var config = main is null ? Default : ReadMain(main, findings);
        return (config with { Devices = devices.ToImmutable(), Exclusions = exclusions.ToImmutable() }, findings.ToImmutable());
    }

    private static FlowtabledConfig ReadMain(UciSection section, FindingCollector findings)
    {
        var options = new OptionReader(section, findings, MainOptions);
        return new(
            options.Boolean("enabled", Default.Enabled),
            options.Choice("mode", Default.Mode),
            options.Boolean("counter", Default.Counter),
            options.Choice("log_level", Default.LogLevel),
            [])
        {
            Hw = options.Choice("hw", Default.Hw),
            HwShaped = options.Choice("hw_shaped", Default.HwShaped),
            HwTrial = options.Seconds("hw_trial", 0, LongestTrial) ?? Default.HwTrial,
            // With 1 the kernel keeps flows alive by asking for their counters, with 0 it takes them out at once (nf_flow_offload_stats).
            HwFlowTimeout = options.Seconds("hw_flow_timeout", 2, LongestFlow),
            DrainTimeout = options.Seconds("drain_timeout", 0, LongestDrain) ?? Default.DrainTimeout,
            Accounting = options.Boolean("accounting", Default.Accounting),
            MaxFlows = options.Number("max_flows", 64, 65536) ?? Default.MaxFlows,
        };
    }

    private static DeviceRule? ReadDevice(UciSection section, ImmutableArray<DeviceRule>.Builder earlier, FindingCollector findings)
    {
        var options = new OptionReader(section, findings, DeviceOptions);
        var name = options.Text("name");
        var complaint = name switch
        {
            null => "has no name",
            _ when !DeviceName.IsLegal(name) =>
                $"no device can have the name {UciOption.Quote(name)} (1 to 15 bytes, without '/', ':' and spaces)",
            _ when earlier.Any(other => other.Name == name) => $"{UciOption.Quote(name)} has a section already, which holds",
            _ => null,
        };
        if (complaint is not null)
        {
            findings.Add(FindingSeverity.Error, section, section.FindOption("name"), complaint + "; this section is left out");
            return null;
        }

        return new(name!, options.Boolean("exclude", false), options.Choice("level", DeviceLevel.Auto), options.Choice("hw", DeviceHardware.Auto));
    }
}
