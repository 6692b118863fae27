namespace Flowtabled.Engine.Health;

/// <summary>Packets that the ports of the hardware flowtable received and sent so far, whoever carried them.</summary>
/// <param name="Received">Received, by all of them.</param>
/// <param name="Sent">Sent, by all of them.</param>
public sealed record PortTraffic(ulong Received, ulong Sent);
