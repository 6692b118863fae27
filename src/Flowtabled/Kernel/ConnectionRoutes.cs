using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Kernel;

/// <summary>Asks the kernel's routing where the ends of a connection are, each as the other end's packets are sent there.</summary>
internal static class ConnectionRoutes
{
    /// <summary>Index of the device that leads to who began it; null when none does.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public static int? FindClient(this RouteClient route, in ConntrackEntry entry) =>
        route.FindDevice(entry.Original.Source, entry.Reply.Source, entry.Mark);

    /// <summary>Index of the device that leads to the other end; null when none does.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public static int? FindServer(this RouteClient route, in ConntrackEntry entry) =>
        route.FindDevice(entry.Reply.Source, entry.Original.Source, entry.Mark);
}
