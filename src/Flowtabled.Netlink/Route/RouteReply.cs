using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>Reads the answer to RTM_GETROUTE (RTM_NEWROUTE): of several next hops the kernel has chosen one.</summary>
internal struct RouteReply : IMessageHandler
{
    /// <summary>RTA_OIF: index of the device; null before the answer.</summary>
    public int? Device { get; private set; }

    public void Restart() => Device = null;

    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public void Handle(scoped in MessageReader message)
    {
        if (message.Header.Type != RtNetlink.RTM_NEWROUTE)
            return;
        var attributes = message.Attributes(RouteMessage.Size);
        while (attributes.Read())
        {
            if (attributes.Type == RtNetlink.RTA_OIF)
                Device = attributes.GetInt32();
        }
    }
}
