using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>More devices, hosts or ports under one name are refused.</summary>
    public const int MaxDevices = 64;

    private const int LongestName = 64;

    private readonly List<NamedExclusion> _all = [];

    /// <summary>All of them, in the order in which their names came.</summary>
    public ImmutableArray<NamedExclusion> All => [.. _all];

    /// <summary>Replaces what a name excludes; nothing takes the name away.</summary>
    /// <param name="arguments"><c>name</c>, and the arrays <c>devices</c>, <c>hosts</c> and <c>ports</c>.</param>
    /// <returns>Why it is refused, or null.</returns>
    /// <exception cref="UbusFormatException">They are not of that shape.</exception>
    public string? Set(BlobReader arguments)
    {
        string? name = null;
        var devices = ImmutableArray.CreateBuilder<string>();
        var hosts = ImmutableArray.CreateBuilder<HostRange>();
        var ports = ImmutableArray.CreateBuilder<PortRange>();
        while (arguments.Read())
        {
            string? problem = null;
            if (arguments.Is("name"u8))
                name = arguments.GetString();
            else if (arguments.Is("devices"u8))
                problem = ReadDevices(arguments.GetArray(), devices);
            else if (arguments.Is("hosts"u8))
                problem = ReadHosts(arguments.GetArray(), hosts);
            else if (arguments.Is("ports"u8))
                problem = ReadPorts(arguments.GetArray(), ports);
            else if (!arguments.Is("ubus_rpc_session"u8))
                problem = $"there is no parameter '{Encoding.Latin1.GetString(arguments.Name)}'";
            if (problem is not null)
                return problem;
        }

        return IsName(name)
            ? Set(new NamedExclusion(name!, devices.ToImmutable()) { Hosts = hosts.ToImmutable(), Ports = ports.ToImmutable() })
            : $"'name' is needed: 1 to {LongestName} letters, digits, or one of _.-";
    }

    private static string? ReadDevices(BlobReader entry, ImmutableArray<string>.Builder devices)
    {
        while (entry.Read())
        {
            var device = entry.GetString();
            if (!DeviceName.IsLegal(device))
                return $"no device can have the name '{DeviceName.Display(device)}'";
            if (devices.Count == MaxDevices)
                return $"more than {MaxDevices} devices";
            if (!devices.Contains(device))
                devices.Add(device);
        }

        return null;
    }

    private static string? ReadHosts(BlobReader entry, ImmutableArray<HostRange>.Builder hosts)
    {
        while (entry.Read())
        {
            var text = entry.GetString();
            if (HostRange.TryParse(text) is not { } host)
                return $"'{DeviceName.Display(text)}' is neither an address nor a network";
            if (hosts.Count == MaxDevices)
                return $"more than {MaxDevices} hosts";
            hosts.Add(host);
        }

        return null;
    }

    // A number may come as one, or as a text.
    private static string? ReadPorts(BlobReader entry, ImmutableArray<PortRange>.Builder ports)
    {
        while (entry.Read())
        {
            var text = entry.Type == BlobType.Text ? entry.GetString() : entry.GetInteger().ToString(CultureInfo.InvariantCulture);
            if (PortRange.TryParse(text) is not { } port)
                return $"'{DeviceName.Display(text)}' is neither a port nor a range of ports";
            if (ports.Count == MaxDevices)
                return $"more than {MaxDevices} ports";
            ports.Add(port);
        }

        return null;
    }

    private string? Set(NamedExclusion exclusion)
    {
        var index = _all.FindIndex(other => other.Name == exclusion.Name);
        if (index < 0 && !exclusion.IsEmpty && _all.Count == MaxNames)
            return $"more than {MaxNames} names";
        if (exclusion.IsEmpty && index >= 0)
            _all.RemoveAt(index);
        else if (index >= 0)
            _all[index] = exclusion;
        else if (!exclusion.IsEmpty)
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
