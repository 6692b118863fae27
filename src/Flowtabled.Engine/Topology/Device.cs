using System.Collections.Immutable;

namespace Flowtabled.Engine.Topology;

/// <summary>One network device at one moment: what <c>RTM_NEWLINK</c> and <c>RTM_NEWQDISC</c> (linux/rtnetlink.h) tell about it.</summary>
public sealed record Device
{
    /// <summary>The interface index, above 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name, one character for each of its bytes: see <see cref="DeviceName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is: see <see cref="DeviceKinds.Classify"/>.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>The kernel's word for it (<c>IFLA_INFO_KIND</c>: "wireguard", "bridge"); empty for ports without one.</summary>
    public string KernelKind { get; init; } = "";

    /// <summary>Whether it is administratively up (<c>IFF_UP</c>).</summary>
    public bool IsUp { get; init; }

    /// <summary>
    /// The device that this one is stacked on (<c>IFLA_LINK</c>), <see langword="null"/> where there is none in this network namespace
    /// (<c>IFLA_LINK_NETNSID</c> present). For a veth <c>IFLA_LINK</c> is the peer: leave it out.
    /// </summary>
    public int? LowerIndex { get; init; }

    /// <summary>The bridge or bond that this device is a port of (<c>IFLA_MASTER</c>).</summary>
    public int? MasterIndex { get; init; }

    /// <summary>The VLAN's number (<c>IFLA_VLAN_ID</c>), 1 to 4094; only for <see cref="DeviceKind.Vlan"/>.</summary>
    public int? VlanId { get; init; }

    /// <summary>The device below a PPPoE session, which netlink does not tell: <c>/proc/net/pppoe</c> or netifd does.</summary>
    public int? PppoeParentIndex { get; init; }

    /// <summary>The kinds of all its queueing disciplines (<c>TCA_KIND</c>), root, classes' and ingress: "cake", "ingress".</summary>
    public ImmutableArray<string> Qdiscs { get; init; } = [];

    /// <summary>Its name for people.</summary>
    public override string ToString() => DeviceName.Display(Name);
}
