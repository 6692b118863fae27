using Flowtabled.Engine.Planning;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Kernel;

/// <summary>What of a connection a rule looks up, as expressions that load it into registers.</summary>
internal static class ConnectionParts
{
    private const byte Original = 0; // IP_CT_DIR_ORIGINAL (linux/netfilter/nf_conntrack_tuple_common.h)
    private const byte Reply = 1; // IP_CT_DIR_REPLY

    private const uint WordsOf4 = 1;
    private const uint WordsOf6 = 4;

    /// <summary>The expressions, as nft writes them.</summary>
    public static NftExpression[] Load(ConnectionPart part) => part switch
    {
        ConnectionPart.Client4 => [Ct(NfTables.NFT_CT_SRC_IP, Original, 0)],
        ConnectionPart.Server4 => [Ct(NfTables.NFT_CT_SRC_IP, Reply, 0)],
        ConnectionPart.Client6 => [Ct(NfTables.NFT_CT_SRC_IP6, Original, 0)],
        ConnectionPart.Server6 => [Ct(NfTables.NFT_CT_SRC_IP6, Reply, 0)],
        ConnectionPart.ClientPort => [Ct(NfTables.NFT_CT_PROTO_SRC, Original, 0)],
        ConnectionPart.ServerPort => [Ct(NfTables.NFT_CT_PROTO_SRC, Reply, 0)],
        ConnectionPart.Whole4 => Whole(NfTables.NFT_CT_SRC_IP, NfTables.NFT_CT_DST_IP, WordsOf4),
        ConnectionPart.Whole6 => Whole(NfTables.NFT_CT_SRC_IP6, NfTables.NFT_CT_DST_IP6, WordsOf6),
        _ => throw new NotSupportedException($"no expressions for {part}"),
    };

    /// <summary>The statement that a rule's next expressions are, and how many they are; null when they load no such part and look it up.</summary>
    public static ConnectionInSet? Read(ReadOnlySpan<NftExpression> expressions, out int length)
    {
        for (var part = ConnectionPart.Client4; part <= ConnectionPart.Whole6; part++)
        {
            var load = Load(part);
            length = load.Length + 1;
            if (expressions.Length >= length
                && expressions[..load.Length].SequenceEqual(load)
                && expressions[load.Length] is LookupExpression { Source: NfTables.NFT_REG_1, IsInverted: false, Destination: null, Anonymous: null } lookup)
            {
                return new ConnectionInSet(part, lookup.Set);
            }
        }

        length = 1;
        return null;
    }

    private static NftExpression[] Whole(uint source, uint destination, uint words) =>
    [
        Ct(source, Original, 0),
        Ct(destination, Original, words),
        new MetaExpression(NfTables.NFT_META_L4PROTO, Register(2 * words)),
        Ct(NfTables.NFT_CT_PROTO_SRC, Original, (2 * words) + 1),
        Ct(NfTables.NFT_CT_PROTO_DST, Original, (2 * words) + 2),
    ];

    private static CtExpression Ct(uint key, byte direction, uint word) => new(key, Register(word)) { Direction = direction };

    // Where four words begin, the kernel and nft call the register by its old name, of 16 bytes (nft_dump_register).
    private static uint Register(uint word) => word % 4 == 0 ? NfTables.NFT_REG_1 + (word / 4) : NfTables.NFT_REG32_00 + word;
}
