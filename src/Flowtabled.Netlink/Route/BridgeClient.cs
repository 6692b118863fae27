using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>Makes bridges without ports, takes them up and down, and removes them. Not for use by two threads at once.</summary>
public sealed class BridgeClient(NetlinkConnection connection) : IDisposable
{
    private const uint Up = (uint)LinkFlags.Up;

    /// <summary>Opens a socket for the current network namespace.</summary>
    /// <exception cref="NetlinkException">No descriptor is left.</exception>
    public static BridgeClient Open() => new(new NetlinkConnection(new NetlinkSocket(NetlinkUapi.NETLINK_ROUTE)));

    /// <summary>Makes a bridge that is up. One that is there already is taken up.</summary>
    /// <exception cref="NetlinkException">
    /// The kernel has no bridges, or another kind of device has the name (EOPNOTSUPP); it does not let us (EPERM), or does not answer.
    /// </exception>
    public void Add(string name)
    {
        var writer = connection.Start(RtNetlink.RTM_NEWLINK, NetlinkUapi.NLM_F_CREATE, new InterfaceInfoMessage { Flags = Up, Change = Up });
        writer.WriteString(IfLink.IFLA_IFNAME, name);
        var info = writer.BeginNest(IfLink.IFLA_LINKINFO);
        writer.WriteString(IfLink.IFLA_INFO_KIND, "bridge");
        // Without it the kernel takes any device of that name for the bridge (rtnl_changelink).
        writer.EndNest(writer.BeginNest(IfLink.IFLA_INFO_DATA));
        writer.EndNest(info);
        connection.Execute($"add bridge {name}");
    }

    /// <summary>Takes a link down. The answer comes when everyone in the kernel who wants to know does, and has done what follows.</summary>
    /// <exception cref="NetlinkException">There is none (ENODEV); the kernel does not let us, or does not answer.</exception>
    public void TakeDown(string name)
    {
        var writer = connection.Start(RtNetlink.RTM_NEWLINK, 0, new InterfaceInfoMessage { Change = Up });
        writer.WriteString(IfLink.IFLA_IFNAME, name);
        connection.Execute($"take link {name} down");
    }

    /// <summary>Removes a link; one that is up goes down first.</summary>
    /// <exception cref="NetlinkException">There is none (ENODEV); the kernel does not let us, or does not answer.</exception>
    public void Remove(string name)
    {
        var writer = connection.Start(RtNetlink.RTM_DELLINK, 0, default(InterfaceInfoMessage));
        writer.WriteString(IfLink.IFLA_IFNAME, name);
        connection.Execute($"remove link {name}");
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();
}
