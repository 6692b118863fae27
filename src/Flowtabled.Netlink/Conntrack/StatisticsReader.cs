using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Sums the answers to IPCTNL_MSG_CT_GET_STATS_CPU, one of each processor.</summary>
internal struct StatisticsReader : IMessageHandler
{
    /// <summary>nlmsg_type of request and answers.</summary>
    public const ushort MessageType = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_GET_STATS_CPU;

    private ConntrackStatistics _sum;

    public readonly ConntrackStatistics Sum => _sum;

    public void Restart() => _sum = default;

    public void Handle(scoped in MessageReader message)
    {
        if (message.Header.Type != MessageType)
            return;
        var attributes = message.Attributes(NfGenMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case CtNetlink.CTA_STATS_FOUND:
                    _sum.Found += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_INVALID:
                    _sum.Invalid += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_INSERT:
                    _sum.Inserted += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_INSERT_FAILED:
                    _sum.InsertFailed += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_DROP:
                    _sum.Dropped += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_EARLY_DROP:
                    _sum.EarlyDropped += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_ERROR:
                    _sum.Errors += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_SEARCH_RESTART:
                    _sum.SearchRestarts += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_CLASH_RESOLVE:
                    _sum.ClashesResolved += attributes.GetUInt32BigEndian();
                    break;
                case CtNetlink.CTA_STATS_CHAIN_TOOLONG:
                    _sum.ChainsTooLong += attributes.GetUInt32BigEndian();
                    break;
            }
        }
    }
}
