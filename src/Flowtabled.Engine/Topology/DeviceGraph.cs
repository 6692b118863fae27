using System.Collections.Immutable;

namespace Flowtabled.Engine.Topology;

/// <summary>
/// The devices of one network namespace and how they are stacked. Built from dumps that may be torn, so an index that leads nowhere and
/// a stack that leads back to itself are tolerated.
/// </summary>
public sealed class DeviceGraph
{
    private readonly Dictionary<int, Device> _byIndex = [];
    private readonly Dictionary<string, Device> _byName = new(StringComparer.Ordinal);

    /// <summary>Makes a graph; of two devices with the same index the later one counts.</summary>
    public DeviceGraph(IEnumerable<Device> devices)
    {
        foreach (var device in devices)
            _byIndex[device.Index] = device;

        Devices = [.. _byIndex.Values.Sorted(static (left, right) => left.Index.CompareTo(right.Index))];
        foreach (var device in Devices)
            _byName[device.Name] = device;
    }

    /// <summary>All devices, by index.</summary>
    public ImmutableArray<Device> Devices { get; }

    /// <summary>The device of that name, or <see langword="null"/>.</summary>
    public Device? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The device of that index, or <see langword="null"/>.</summary>
    public Device? Find(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>The device that a VLAN or a PPPoE session sends its packets through; <see langword="null"/> for all other kinds.</summary>
    public Device? Lower(Device device) => device.Kind switch
    {
        DeviceKind.Vlan when device.LowerIndex is { } index => Find(index),
        DeviceKind.Ppp when device.PppoeParentIndex is { } index => Find(index),
        _ => null,
    };

    /// <summary>The ports of a bridge, by index.</summary>
    public IEnumerable<Device> Ports(Device bridge) => Devices.Where(device => device.MasterIndex == bridge.Index);
}
