using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Ethtool;

/// <summary>Finds the message type that a generic netlink family got when it was registered.</summary>
internal struct GenericFamily : IMessageHandler
{
    private const int ControllerVersion = 1;

    private ushort _id;

    /// <summary>nlmsg_type of the family, or null where this kernel lacks it.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public static ushort? Find(NetlinkConnection connection, string name)
    {
        var writer = connection.Start(GenNetlink.GENL_ID_CTRL, 0, new GenericMessage(GenNetlink.CTRL_CMD_GETFAMILY, ControllerVersion));
        writer.WriteString(GenNetlink.CTRL_ATTR_FAMILY_NAME, name);
        var family = new GenericFamily();
        try
        {
            connection.Query($"find generic netlink family {name}", ref family);
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENOENT)
        {
            return null;
        }

        return family._id == 0 ? null : family._id;
    }

    public void Restart() => _id = 0;

    public void Handle(scoped in MessageReader message)
    {
        if (message.Header.Type != GenNetlink.GENL_ID_CTRL)
            return;
        var attributes = message.Attributes(GenericMessage.Size);
        while (attributes.Read())
        {
            if (attributes.Type == GenNetlink.CTRL_ATTR_FAMILY_ID)
                _id = attributes.GetUInt16();
        }
    }
}
