using System.Collections.Immutable;
using Flowtabled.Config;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Topology;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Kernel;

/// <summary>Reads the devices of this network namespace and how they are stacked.</summary>
internal sealed class DeviceReader(RouteClient route)
{
    private const string PppoeFile = "/proc/net/pppoe"; // Not there on a kernel without PPPoE.

    /// <summary>Reads links, qdiscs and PPPoE sessions.</summary>
    /// <param name="network">Tells which session belongs to which ppp device.</param>
    public DeviceGraph Read(NetworkConfig network)
    {
        var links = route.DumpLinks().Where(static link => LeadsSomewhere(link.HardwareType, link.Flags));
        var qdiscs = route.DumpQdiscs();
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        var ppp = 0;
        foreach (var link in links)
        {
            byName[link.Name] = link.Index;
            if (KindOf(link) == DeviceKind.Ppp)
                ppp++;
        }

        var sessions = ppp > 0 ? PppoeSessions.Devices(FileBytes.ReadIfExists(PppoeFile)) : [];
        return new DeviceGraph(links.Select(link => ToDevice(link, Kinds(link), Parent(link))));

        ImmutableArray<string> Kinds(Link link) => [.. qdiscs.Where(qdisc => qdisc.Device == link.Index).Select(static qdisc => qdisc.Kind)];

        int? Parent(Link link) =>
            KindOf(link) == DeviceKind.Ppp
            && PppoeSessions.DeviceBelow(sessions, network.PppoeDevice(link.Name), ppp) is { } below
            && byName.TryGetValue(below, out var index)
                ? index
                : null;
    }

    /// <summary>
    /// Whether a device is to be reckoned with. A ppp device is not while it is down: pppd makes it when it dials, takes it up when the session
    /// stands and down when that ends, and removes it some time later.
    /// </summary>
    /// <param name="hardwareType">ARPHRD_* (linux/if_arp.h).</param>
    /// <param name="flags">Its flags.</param>
    public static bool LeadsSomewhere(ushort hardwareType, LinkFlags flags) =>
        DeviceKinds.Classify(null, hardwareType) != DeviceKind.Ppp || flags.HasFlag(LinkFlags.Up);

    private static DeviceKind KindOf(Link link) => DeviceKinds.Classify(link.Kind, link.HardwareType);

    private static Device ToDevice(Link link, ImmutableArray<string> qdiscs, int? pppoeParent)
    {
        var kind = KindOf(link);
        return new Device
        {
            Index = link.Index,
            Name = link.Name,
            Kind = kind,
            KernelKind = link.Kind ?? "",
            IsUp = link.Flags.HasFlag(LinkFlags.Up),
            LowerIndex = kind == DeviceKind.Veth ? null : link.Lower,
            MasterIndex = link.Master,
            VlanId = link.Vlan?.Id,
            PppoeParentIndex = pppoeParent,
            Qdiscs = qdiscs,
        };
    }
}
