using System.Collections.Immutable;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;
using Flowtabled.Kernel;
using Flowtabled.Netlink;

namespace Flowtabled.Status;

/// <summary>How connections fare in hardware as far as one look tells, where no daemon has looked at them from round to round.</summary>
internal static class HardwareGlance
{
    // So many connections are counted at each device.
    private const int Capacity = 1000;

    /// <summary>Looks; null when hardware is not used, or conntrack does not tell.</summary>
    public static HardwareReport? Take(Assessment assessment)
    {
        if (assessment.Observed.Hardware is null || assessment.Decision.State.Hardware is null)
            return null;
        ImmutableArray<FlowDevice> devices = FlowDevice.Of(assessment);
        var flows = new FlowTable(Capacity);
        try
        {
            using var reader = new FlowReader();
            reader.Read(flows, devices, Capacity, now: 0);
        }
        catch (NetlinkException)
        {
            return null; // The line with the flows says why.
        }

        return HardwareReport.Glance(flows, [.. devices.Select(static device => device.Name)]);
    }
}
