using Flowtabled.Engine.Flows;

namespace Flowtabled.Flows;

/// <summary>What is known of a connection from earlier.</summary>
/// <param name="Earlier">What entries counted that it had before its present one.</param>
/// <param name="OnPathFor">Seconds for which it has been on its path, as far as it was watched.</param>
/// <param name="Falls">How often it fell out of hardware or software; null when it is not counted, and so not known.</param>
internal sealed record ConnectionHistory(FlowTraffic Earlier, long OnPathFor, int? Falls);
