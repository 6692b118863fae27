using Flowtabled.Engine.Health;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Status;

/// <summary>Says in words how connections fare in hardware.</summary>
internal static class HardwareText
{
    /// <summary>All of them.</summary>
    public static string Of(HardwareReport health) => Of(health.Sum, health.IsMeasured);

    /// <summary>Those of a device, in brackets; nothing where nobody knows.</summary>
    /// <param name="health">How they fare; null when hardware is not used.</param>
    /// <param name="device">Its name as displayed.</param>
    public static string OfDevice(HardwareReport? health, string device) =>
        health?.Devices.FirstOrDefault(flows => DeviceName.Display(flows.Device!) == device) is { } flows ? $" ({Of(flows, health.IsMeasured)})" : "";

    private static string Of(HardwareFlows flows, bool isMeasured)
    {
        var parts = new List<string>();
        if (flows.Half > 0)
            parts.Add($"{flows.Half} in one direction only");
        if (flows.Unused > 0)
            parts.Add($"{flows.Unused} carried by the processor all the same");
        if (flows.Silent > 0)
            parts.Add($"{flows.Silent} silent");
        var inside = flows.Hardware == 1 ? "1 flow" : $"{flows.Hardware} flows";
        if (flows.Hardware > 0 && !isMeasured)
            inside += ", not measured";
        else if (parts.Count > 0)
            inside += $", of which {string.Join(", ", parts)}";
        return flows.Software > 0 ? $"{inside}; {flows.Software} more could be, but run in software" : inside;
    }
}
