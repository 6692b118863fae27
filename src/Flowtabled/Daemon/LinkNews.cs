using Flowtabled.Engine.Topology;
using Flowtabled.Kernel;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Daemon;

/// <summary>
/// Which link events can change a decision. Most cannot: carriers, addresses and flags come and go by the dozen, and a device that is deleted
/// goes down first.
/// </summary>
internal static class LinkNews
{
    /// <summary>Whether <paramref name="change"/> says something that <paramref name="known"/> does not.</summary>
    /// <param name="known">The devices as last read; null before that.</param>
    /// <param name="change">The event.</param>
    public static bool IsNews(DeviceGraph? known, scoped in LinkEvent change)
    {
        if (known is null || change.Kind == LinkEventKind.TrafficControlChanged)
            return true;
        // Or each time that the kernel is made to collect flows would bring a pass.
        if (IsNamed(FlowCollection.Bridge, change.Name))
            return false;
        var device = known.Find(change.Index);
        var isThere = change.Kind != LinkEventKind.Removed && DeviceReader.LeadsSomewhere(change.HardwareType, change.Flags);
        return isThere ? device is null || device.MasterIndex != change.Master || !IsNamed(device.Name, change.Name) : device is not null;
    }

    private static bool IsNamed(string name, ReadOnlySpan<byte> bytes)
    {
        if (name.Length != bytes.Length)
            return false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (name[i] != bytes[i])
                return false;
        }

        return true;
    }
}
