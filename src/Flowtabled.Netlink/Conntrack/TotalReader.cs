using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Reads how many connections there are, and may be, from IPCTNL_MSG_CT_GET_STATS.</summary>
internal struct TotalReader : IMessageHandler
{
    /// <summary>nlmsg_type of request and answer.</summary>
    public const ushort MessageType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_GET_STATS;

    public int Entries { get; private set; }

    /// <summary>sysctl nf_conntrack_max.</summary>
    public int Maximum { get; private set; }

    public void Restart() => (Entries, Maximum) = (0, 0);

    public void Handle(scoped in MessageReader message)
    {
        if (message.Header.Type != MessageType)
            return;
        var attributes = message.Attributes(NfGenMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case CtNetlink.CTA_STATS_GLOBAL_ENTRIES:
                    Entries = attributes.GetInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_GLOBAL_MAX_ENTRIES:
                    Maximum = attributes.GetInt32BigEndian();
                    break;
            }
        }
    }
}
