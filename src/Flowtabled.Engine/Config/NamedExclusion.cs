using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>
/// What is kept out under a name: by a section <c>exclude</c> of the configuration, which names hosts and ports, or by another program, until it says
/// otherwise or the daemon ends.
/// </summary>
/// <param name="Name">The name: another program's of letters, digits, and <c>_ . -</c>.</param>
/// <param name="Devices">The devices, each once, as <c>option exclude</c> names them.</param>
public sealed record NamedExclusion(string Name, ImmutableArray<string> Devices)
{
    /// <summary>The hosts and networks.</summary>
    public ImmutableArray<HostRange> Hosts { get; init; } = [];

    /// <summary>The ports.</summary>
    public ImmutableArray<PortRange> Ports { get; init; } = [];

    /// <summary>Whether it names a host or a port.</summary>
    public bool HasTraffic => !Hosts.IsEmpty || !Ports.IsEmpty;

    /// <summary>Whether it names nothing.</summary>
    public bool IsEmpty => Devices.IsEmpty && !HasTraffic;

    /// <summary>The hosts as they are written.</summary>
    public ImmutableArray<string> HostTexts => [.. Hosts.Select(static host => host.ToString())];

    /// <summary>The ports as they are written.</summary>
    public ImmutableArray<string> PortTexts => [.. Ports.Select(static port => port.ToString())];

    /// <summary>Whether it names an end of a connection.</summary>
    /// <param name="address">The end's address, in network order.</param>
    /// <param name="port">Its port; <see langword="null"/> for protocols other than TCP and UDP.</param>
    public bool Names(ReadOnlySpan<byte> address, ushort? port)
    {
        foreach (var host in Hosts)
        {
            if (host.Contains(address))
                return true;
        }

        foreach (var range in Ports)
        {
            if (port is { } number && range.Contains(number))
                return true;
        }

        return false;
    }

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
