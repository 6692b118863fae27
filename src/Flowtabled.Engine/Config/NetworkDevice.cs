using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>A device that netifd makes or sets up: <c>config device</c> of /etc/config/network.</summary>
/// <param name="Name">The device's name: <c>br-lan</c>.</param>
/// <param name="Type">The kind: <c>bridge</c>, <c>8021q</c>, <c>macvlan</c>; empty for a device that is just there.</param>
/// <param name="Ports">The ports of a bridge or a bond.</param>
/// <param name="LowerDevice">The device below a VLAN or a macvlan; null for other kinds.</param>
/// <param name="VlanId">The VLAN's id, 1 to 4094; null when there is none.</param>
public sealed record NetworkDevice(string Name, string Type, ImmutableArray<string> Ports, string? LowerDevice, int? VlanId);
