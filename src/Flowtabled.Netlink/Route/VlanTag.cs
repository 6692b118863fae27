namespace Flowtabled.Netlink.Route;

/// <summary>What a VLAN device tags with (IFLA_VLAN_ID, IFLA_VLAN_PROTOCOL; linux/if_link.h).</summary>
/// <param name="Id">VLAN id, 0 to 4095.</param>
/// <param name="Protocol">EtherType in host order: 0x8100 (802.1Q) or 0x88a8 (802.1ad).</param>
public readonly record struct VlanTag(ushort Id, ushort Protocol);
