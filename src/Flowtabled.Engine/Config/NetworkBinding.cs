namespace Flowtabled.Engine.Config;

/// <summary>The l3 device of a network: the one that has its addresses and that its packets enter and leave by.</summary>
/// <param name="Network">The network's name in /etc/config/network: <c>wan</c>.</param>
/// <param name="L3Device">The device: <c>pppoe-wan</c>.</param>
/// <param name="Source">How it is known.</param>
public sealed record NetworkBinding(string Network, string L3Device, BindingSource Source);
