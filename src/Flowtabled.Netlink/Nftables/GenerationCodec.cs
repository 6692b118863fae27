using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>NFT_MSG_NEWGEN on the wire (enum nft_gen_attributes, linux/netfilter/nf_tables.h).</summary>
internal static class GenerationCodec
{
    public static NftGeneration Read(scoped in MessageReader message)
    {
        uint id = 0, process = 0;
        var name = "";
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_GEN_ID:
                    id = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_GEN_PROC_PID:
                    process = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_GEN_PROC_NAME:
                    name = attributes.GetString();
                    break;
            }
        }

        return new NftGeneration(id, process, name);
    }
}
