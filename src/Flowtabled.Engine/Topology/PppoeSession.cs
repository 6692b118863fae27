namespace Flowtabled.Engine.Topology;

/// <summary>A PPPoE session as /proc/net/pppoe lists it (pppoe_seq_show in drivers/net/ppp/pppoe.c).</summary>
/// <param name="Id">The session's number, 1 to 65,534 (RFC 2516).</param>
/// <param name="Address">The access concentrator's MAC address: "02:00:5e:10:00:01".</param>
/// <param name="Device">The device below, as it was named when the session began; one character for each byte of the name.</param>
public readonly record struct PppoeSession(ushort Id, string Address, string Device);
