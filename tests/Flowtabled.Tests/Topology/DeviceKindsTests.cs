using Flowtabled.Engine.Topology;

namespace Flowtabled.Tests.Topology;

public class DeviceKindsTests
{
    [Theory]
    [InlineData(null, 1, DeviceKind.Physical)]
    [InlineData("", 1, DeviceKind.Physical)]
    [InlineData("", 772, DeviceKind.Loopback)]
    [InlineData("", 512, DeviceKind.Ppp)]
    [InlineData("", 65534, DeviceKind.Tunnel)]
    [InlineData("", 768, DeviceKind.Tunnel)]
    [InlineData("vlan", 1, DeviceKind.Vlan)]
    [InlineData("bridge", 1, DeviceKind.Bridge)]
    [InlineData("dsa", 1, DeviceKind.Dsa)]
    [InlineData("ppp", 512, DeviceKind.Ppp)]
    [InlineData("team", 1, DeviceKind.Bond)]
    [InlineData("ipvlan", 1, DeviceKind.Macvlan)]
    [InlineData("veth", 1, DeviceKind.Veth)]
    [InlineData("ifb", 1, DeviceKind.Ifb)]
    [InlineData("wireguard", 65534, DeviceKind.Tunnel)]
    [InlineData("dummy", 1, DeviceKind.Other)]
    [InlineData("something new", 1, DeviceKind.Other)]
    public void Classifies(string? kernelKind, int hardwareType, DeviceKind kind) =>
        Assert.Equal(kind, DeviceKinds.Classify(kernelKind, (ushort)hardwareType));
}
