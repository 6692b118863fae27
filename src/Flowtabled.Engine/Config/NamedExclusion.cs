using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>What another program excludes, under a name of its choice: as <c>option exclude</c> does, until it says otherwise or the daemon ends.</summary>
/// <param name="Name">The name: letters, digits, and <c>_ . -</c>.</param>
/// <param name="Devices">The devices, each once.</param>
public sealed record NamedExclusion(string Name, ImmutableArray<string> Devices)
{
    /// <summary>The rules of a configuration with these exclusions added.</summary>
    public static ImmutableArray<DeviceRule> Add(ImmutableArray<DeviceRule> rules, IEnumerable<NamedExclusion> exclusions)
    {
        var all = new List<DeviceRule>(rules);
        foreach (var exclusion in exclusions)
        {
            foreach (var device in exclusion.Devices)
            {
                var index = all.FindIndex(rule => rule.Name == device);
                if (index < 0)
                    all.Add(new DeviceRule(device, Exclude: true, DeviceLevel.Auto) { ExcludedBy = exclusion.Name });
                else if (!all[index].Exclude)
                    all[index] = all[index] with { Exclude = true, ExcludedBy = exclusion.Name };
            }
        }

        return [.. all];
    }
}
