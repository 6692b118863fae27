using System.Collections.Immutable;
using Flowtabled.Engine.Flows;

namespace Flowtabled.Engine.Health;

/// <summary>How many connections of a device run where, or of all devices.</summary>
/// <param name="Device">The l3 device at one end of them; <see langword="null"/> for the sum, in which each counts once.</param>
/// <param name="Hardware">Those that the kernel says hardware has, in one direction at least.</param>
/// <param name="Half">Of those, the ones of which the chip carries one direction only.</param>
/// <param name="Unused">Of those, the ones that the processor carries all the same.</param>
/// <param name="Silent">Of those, the ones of which no packet was counted lately.</param>
/// <param name="Software">Those in software although both ends may be in hardware.</param>
public sealed record HardwareFlows(string? Device, int Hardware, int Half, int Unused, int Silent, int Software);

/// <summary>How flows in hardware fare, after a round.</summary>
/// <param name="Sum">All of them.</param>
/// <param name="Devices">Those of each device that may be in hardware, in the order of their names.</param>
/// <param name="IsMeasured">Whether the chip says what it carries: without that nothing can be silent or half.</param>
/// <param name="Findings">What the user should know.</param>
/// <param name="Distrust">Why no connection should be in hardware for now; <see langword="null"/> while it is trusted.</param>
public sealed record HardwareReport(
    HardwareFlows Sum, ImmutableArray<HardwareFlows> Devices, bool IsMeasured, ImmutableArray<Finding> Findings, string? Distrust)
{
    /// <summary>While hardware is not used.</summary>
    public static HardwareReport Nothing { get; } = new(new HardwareFlows(null, 0, 0, 0, 0, 0), [], false, [], null);

    /// <summary>What one look tells: where connections are, and nothing of how they move.</summary>
    public static HardwareReport Glance(FlowTable flows, ImmutableArray<string> devices)
    {
        var (sum, each) = HardwareCensus.Take(flows, devices, new HardwareSetting(Window: 1, FlowTimeout: 1, IsCounted: false), 0);
        return new HardwareReport(sum, each, false, [], null);
    }

    /// <summary>Whether something is wrong with the hardware.</summary>
    public bool IsTroubled => Distrust is not null || Findings.Any(static finding => finding.Severity != FindingSeverity.Info);

    /// <summary>Whether it counts as <paramref name="other"/> does.</summary>
    public bool HasSameCounts(HardwareReport other) =>
        Sum == other.Sum && IsMeasured == other.IsMeasured && Devices.AsSpan().SequenceEqual(other.Devices.AsSpan());
}
