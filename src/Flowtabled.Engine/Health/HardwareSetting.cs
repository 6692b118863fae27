namespace Flowtabled.Engine.Health;

/// <summary>What flows in hardware are judged by. Times are milliseconds.</summary>
/// <param name="Window">How long traffic must show something before it is believed.</param>
/// <param name="FlowTimeout">How long a flow stays in the flowtable without a packet (nf_flowtable_*_timeout, the shorter).</param>
/// <param name="IsCounted">Whether the flowtable counts packets for conntrack.</param>
public sealed record HardwareSetting(long Window, long FlowTimeout, bool IsCounted)
{
    /// <summary>Rounds in a window.</summary>
    public const int Rounds = 5;

    // The kernel asks the chip when a tenth of a flow's timeout has gone by, and looks for that each second.
    private const long Slack = 2_000;

    /// <summary>How long nothing must have moved in hardware before that means something.</summary>
    public long Silence => Math.Max(Window, FlowTimeout / 10 + Slack);

    /// <summary>
    /// Whether rounds tell who carries a flow. The stack counts each packet at once; for a chip the kernel asks when a tenth of the flow's
    /// timeout has gone by without any in the stack (nf_flow_offload_stats), and at most once a second.
    /// </summary>
    public bool TellsCarrier => FlowTimeout / 10 >= Window / Rounds * 3 / 2;
}
