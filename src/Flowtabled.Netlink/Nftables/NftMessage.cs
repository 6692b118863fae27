using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>What all nftables messages share: the subsystem in their type, and nfgenmsg with the family.</summary>
internal static class NftMessage
{
    /// <summary>nlmsg_type of an NFT_MSG_*.</summary>
    public static ushort Type(int message) => (ushort)((NfNetlink.NFNL_SUBSYS_NFTABLES << 8) | message);

    /// <summary>The family of the object that a message is about.</summary>
    public static NftFamily Family(scoped in MessageReader message) => (NftFamily)message.Fixed<NfGenMessage>().Family;

    public static AttributeReader Attributes(scoped in MessageReader message) => message.Attributes(NfGenMessage.Size);
}
