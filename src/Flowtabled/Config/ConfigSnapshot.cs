using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Config;

/// <summary>The configuration at one moment; of a file that cannot be read now, what it said before.</summary>
/// <param name="Firewall">/etc/config/firewall.</param>
/// <param name="Network">/etc/config/network.</param>
/// <param name="Flowtabled">/etc/config/flowtabled.</param>
/// <param name="Networks">Which l3 device each network has, from the best source there is.</param>
/// <param name="Findings">What is doubtful in the files.</param>
/// <param name="Problems">Files that cannot be read.</param>
internal sealed record ConfigSnapshot(
    FirewallConfig Firewall,
    NetworkConfig Network,
    FlowtabledConfig Flowtabled,
    NetworkDevices Networks,
    ImmutableArray<ConfigFinding> Findings,
    ImmutableArray<ConfigProblem> Problems)
{
    /// <summary>The trial of hardware as it is recorded; null when nothing is.</summary>
    public HardwareTrial? Trial { get; init; }

    /// <summary>Whether every file could be read at least once: without that nothing may be concluded from it, least of all "off".</summary>
    public bool IsComplete => Problems.All(static problem => problem.Instead != Instead.Nothing);
}
