using System.Collections.Immutable;
using System.Text;
using Flowtabled.Engine.Config;

namespace Flowtabled.Engine.Health;

/// <summary>What is on trial: with another kernel, other options or other drivers, hardware may behave in another way.</summary>
/// <param name="Kernel">The kernel's release: <c>6.12.71</c>.</param>
/// <param name="Options">The options that say how hardware is used, in words.</param>
/// <param name="Ports">Each port, a blank, and its driver: <c>lan1 mt7530-mdio</c>. At least one; the order does not matter.</param>
public sealed record TrialSubject(string Kernel, string Options, ImmutableArray<string> Ports)
{
    /// <summary>What would be on trial with this configuration.</summary>
    public static TrialSubject Of(string kernel, FlowtabledConfig config, ImmutableArray<string> ports)
    {
        var options = new StringBuilder($"hw {config.Hw}, hw_shaped {config.HwShaped}".ToLowerInvariant());
        foreach (var rule in config.Devices)
        {
            if (rule.Hw == DeviceHardware.Off)
                options.Append(", not ").Append(rule.Name);
        }

        return new TrialSubject(kernel, options.ToString(), ports);
    }

    /// <summary>Whether what is known of this says something of the other: a port of it under the same circumstances.</summary>
    internal bool Concerns(TrialSubject other) => Kernel == other.Kernel && Options == other.Options && Ports.Any(other.Ports.Contains);

    /// <summary>This with the other's ports, which join one by one while a router starts; itself when there is none to add.</summary>
    internal TrialSubject With(TrialSubject other) => other.Ports.All(Ports.Contains) ? this : this with { Ports = [.. Ports.Concat(other.Ports).Distinct()] };
}
