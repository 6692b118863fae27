using System.Collections.Immutable;
using System.Text;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Topology;
using Flowtabled.Ubus;

namespace Flowtabled.Daemon.Bus;

/// <summary>What other programs exclude, by the names that they chose: a new set of a name takes the place of its last.</summary>
internal sealed class ExclusionBook
{
    /// <summary>More names than these are refused.</summary>
    public const int MaxNames = 32;

    /// <summary>More devices under one name are refused.</summary>
    public const int MaxDevices = 64;

    private const int LongestName = 64;

    private readonly List<NamedExclusion> _all = [];

    /// <summary>All of them, in the order in which their names came.</summary>
    public ImmutableArray<NamedExclusion> All => [.. _all];

    /// <summary>Replaces what a name excludes; nothing takes the name away.</summary>
    /// <param name="arguments"><c>name</c>, and <c>devices</c>, an array of names.</param>
    /// <returns>Why it is refused, or null.</returns>
    /// <exception cref="UbusFormatException">They are not of that shape.</exception>
    public string? Set(BlobReader arguments)
    {
        string? name = null;
        var devices = ImmutableArray.CreateBuilder<string>();
        while (arguments.Read())
        {
            if (arguments.Is("name"u8))
            {
                name = arguments.GetString();
            }
            else if (arguments.Is("devices"u8))
            {
                for (var entry = arguments.GetArray(); entry.Read();)
                {
                    var device = entry.GetString();
                    if (!DeviceName.IsLegal(device))
                        return $"no device can have the name '{DeviceName.Display(device)}'";
                    if (devices.Count == MaxDevices)
                        return $"more than {MaxDevices} devices";
                    if (!devices.Contains(device))
                        devices.Add(device);
                }
            }
            else if (!arguments.Is("ubus_rpc_session"u8))
            {
                return $"there is no parameter '{Encoding.Latin1.GetString(arguments.Name)}'";
            }
        }

        return IsName(name) ? Set(new NamedExclusion(name!, devices.ToImmutable())) : $"'name' is needed: 1 to {LongestName} letters, digits, or one of _.-";
    }

    private string? Set(NamedExclusion exclusion)
    {
        var index = _all.FindIndex(other => other.Name == exclusion.Name);
        if (index < 0 && !exclusion.Devices.IsEmpty && _all.Count == MaxNames)
            return $"more than {MaxNames} names";
        if (exclusion.Devices.IsEmpty && index >= 0)
            _all.RemoveAt(index);
        else if (index >= 0)
            _all[index] = exclusion;
        else if (!exclusion.Devices.IsEmpty)
            _all.Add(exclusion);
        return null;
    }

    private static bool IsName(string? name)
    {
        if (name is null or "" || name.Length > LongestName)
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
                return false;
        }

        return true;
    }
}
