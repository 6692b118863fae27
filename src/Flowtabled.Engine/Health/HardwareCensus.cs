using System.Collections.Immutable;
using Flowtabled.Engine.Flows;

namespace Flowtabled.Engine.Health;

/// <summary>Counts connections by who carries them.</summary>
internal sealed class HardwareCensus
{
    private readonly int[] _counts = new int[(int)FlowCarrier.Silent + 1];
    private int _eligible;

    /// <summary>Adds one, carried by <paramref name="carrier"/>.</summary>
    public void Add(Flow flow, FlowCarrier carrier)
    {
        _counts[(int)carrier]++;
        if (!flow.IsInHardware && flow.IsEligible)
            _eligible++;
    }

    /// <summary>The numbers of a device, or with null of all.</summary>
    public HardwareFlows Of(string? device)
    {
        var (half, beside, silent) = (this[FlowCarrier.Half], this[FlowCarrier.StackBeside], this[FlowCarrier.Silent]);
        return new HardwareFlows(
            device, this[FlowCarrier.Chip] + this[FlowCarrier.ChipOneWay] + half + beside + silent, half, beside, silent, _eligible);
    }

    private int this[FlowCarrier carrier] => _counts[(int)carrier];

    /// <summary>Counts every flow: once in the sum, and at each of its devices.</summary>
    public static (HardwareFlows Sum, ImmutableArray<HardwareFlows> Devices) Take(
        FlowTable flows, ImmutableArray<string> devices, HardwareSetting setting, long now)
    {
        var sum = new HardwareCensus();
        var counts = new HardwareCensus[devices.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = new HardwareCensus();
        foreach (var flow in flows.Flows)
        {
            var carrier = FlowCarriers.Of(flow, setting, now);
            sum.Add(flow, carrier);
            for (var i = 0; i < counts.Length; i++)
            {
                if (flow.Client == devices[i] || flow.Server == devices[i])
                    counts[i].Add(flow, carrier);
            }
        }

        var each = ImmutableArray.CreateBuilder<HardwareFlows>(devices.Length);
        for (var i = 0; i < counts.Length; i++)
            each.Add(counts[i].Of(devices[i]));
        return (sum.Of(null), each.ToImmutable());
    }
}
