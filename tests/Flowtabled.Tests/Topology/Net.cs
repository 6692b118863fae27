using Flowtabled.Engine.Topology;

namespace Flowtabled.Tests.Topology;

/// <summary>Builds device graphs the way <c>ip link add</c> would.</summary>
internal sealed class Net
{
    private readonly List<Device> _devices = [];

    public DeviceGraph Graph => new(_devices);

    public Net Port(params string[] names)
    {
        foreach (var name in names)
            Add(name, DeviceKind.Physical, "");
        return this;
    }

    public Net Dsa(string name, string conduit) => Add(name, DeviceKind.Dsa, "dsa", lower: conduit);

    public Net Vlan(string name, string lower, int id) => Add(name, DeviceKind.Vlan, "vlan", lower, id);

    public Net Pppoe(string name, string parent) => Add(name, DeviceKind.Ppp, "ppp", parent: parent);

    public Net Other(string name, DeviceKind kind, string kernelKind) => Add(name, kind, kernelKind);

    public Net Bridge(string name, params string[] ports)
    {
        Add(name, DeviceKind.Bridge, "bridge");
        var index = Index(name);
        foreach (var port in ports)
            Change(port, device => device with { MasterIndex = index });
        return this;
    }

    public Net Qdiscs(string name, params string[] kinds) => Change(name, device => device with { Qdiscs = [.. kinds] });

    public Net Down(string name) => Change(name, static device => device with { IsUp = false });

    public Net Change(string name, Func<Device, Device> change)
    {
        var at = _devices.FindIndex(device => device.Name == name);
        _devices[at] = change(_devices[at]);
        return this;
    }

    private Net Add(string name, DeviceKind kind, string kernelKind, string? lower = null, int? vlan = null, string? parent = null)
    {
        _devices.Add(new Device
        {
            Index = _devices.Count + 1,
            Name = name,
            Kind = kind,
            KernelKind = kernelKind,
            IsUp = true,
            LowerIndex = lower is null ? null : Index(lower),
            VlanId = vlan,
            PppoeParentIndex = parent is null ? null : Index(parent),
        });
        return this;
    }

    private int Index(string name) => _devices.Find(device => device.Name == name)!.Index;
}
