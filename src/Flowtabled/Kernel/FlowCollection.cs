using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Kernel;

/// <summary>
/// Has the kernel collect flows whose connections have gone. Each flowtable's collector takes them out and has the driver forget them, but comes
/// once a second. When a device goes down, whichever it is, the kernel has every collector come at once, and waits until the drivers have done
/// what they were asked (nf_flow_table_cleanup, NETDEV_DOWN). So a bridge without ports goes down. CAP_NET_ADMIN is enough, and no packet is near.
/// </summary>
internal static class FlowCollection
{
    /// <summary>The bridge's name.</summary>
    public const string Bridge = "flowtabled-gc";

    /// <summary>
    /// When it returns, no chip has a flow of a connection that had gone before. False when the kernel makes no such bridge, and the
    /// collectors come in their own time.
    /// </summary>
    public static bool TryRun()
    {
        using var bridges = BridgeClient.Open();
        try
        {
            // Twice: the collector leaves a flow alone of which the driver is just asked something (NF_FLOW_PENDING); the first time waits for that.
            bridges.Add(Bridge);
            bridges.TakeDown(Bridge);
            bridges.Add(Bridge);
            bridges.Remove(Bridge);
            return true;
        }
        catch (NetlinkException)
        {
            return false;
        }
    }
}
