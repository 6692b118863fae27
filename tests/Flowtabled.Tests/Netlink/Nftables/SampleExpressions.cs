using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using static Flowtabled.Netlink.Uapi.NfTables;
using static Flowtabled.Tests.Netlink.Nftables.Sample;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What tests/fixtures/nft/expressions.nft says, as objects.</summary>
internal static class SampleExpressions
{
    private const uint REG_1 = NFT_REG_1;

    public static readonly NftTableName Name = new(NftFamily.Inet, "t");

    public static readonly NftSet[] Sets =
    [
        new(Name, "names", NftSetKey.Of(NftDataType.InterfaceName)),
        new(Name, "four", NftSetKey.Of(NftDataType.Ipv4Address)) { Flags = NftSetFlags.Interval },
        new(Name, "pairs", NftSetKey.Concatenate(NftDataType.Ipv4Address, NftDataType.InetService))
        {
            Flags = NftSetFlags.Interval | NftSetFlags.Concatenation,
        },
    ];

    public static readonly NftChain[] Chains =
    [
        new(Name, "other"),
        new(Name, "early") { Hook = new NftHook("filter", NftHookNumber.Forward, -300) { Policy = NftPolicy.Drop } },
        new(Name, "forward") { Hook = new NftHook("filter", NftHookNumber.Forward, 10) },
    ];

    public static readonly NftRule[] Rules =
    [
        Rule([
            new MetaExpression(NFT_META_IIFNAME, REG_1),
            new CompareExpression(REG_1, NftComparison.Equal, NftValue.InterfaceName("eth0")),
            new MetaExpression(NFT_META_OIFNAME, REG_1),
            new CompareExpression(REG_1, NftComparison.Equal, [.. "eth"u8]),
            new CounterExpression(5, 300)]),
        Rule([
            new CtExpression(NFT_CT_STATE, REG_1),
            new BitwiseExpression(REG_1, REG_1, NftValue.Host(6), NftValue.Host(0)),
            new CompareExpression(REG_1, NftComparison.NotEqual, NftValue.Host(0)),
            new VerdictExpression(NftVerdict.Accept)]),
        Rule([
            new CtExpression(NFT_CT_MARK, REG_1),
            new BitwiseExpression(REG_1, REG_1, NftValue.Host(0xff), NftValue.Host(0)),
            new CompareExpression(REG_1, NftComparison.Equal, NftValue.Host(1)),
            new VerdictExpression(NftVerdict.Return)]),
        Rule([
            .. MetaIs(NFT_META_L4PROTO, 6),
            new PayloadExpression(REG_1, NftHeader.Transport, 2, 2),
            new CompareExpression(REG_1, NftComparison.GreaterOrEqual, NftValue.Network(1000)),
            new CompareExpression(REG_1, NftComparison.LessOrEqual, NftValue.Network(2000)),
            new VerdictExpression(NftVerdict.Return)]),
        Rule([
            .. MetaIs(NFT_META_L4PROTO, 6),
            new PayloadExpression(REG_1, NftHeader.Transport, 2, 2),
            new RangeExpression(REG_1, NftValue.Network(1000), NftValue.Network(2000), IsInverted: true),
            new VerdictExpression(NftVerdict.Accept)]),
        Rule([
            .. MetaIs(NFT_META_NFPROTO, 2),
            new PayloadExpression(REG_1, NftHeader.Network, 12, 4),
            new LookupExpression(REG_1, "four"),
            new VerdictExpression(NftVerdict.Drop)]),
        Rule([
            .. MetaIs(NFT_META_NFPROTO, 10),
            new PayloadExpression(REG_1, NftHeader.Network, 24, 1),
            new CompareExpression(REG_1, NftComparison.Equal, [0xfd]),
            new VerdictExpression(NftVerdict.Jump, "other")]),
        Rule([
            new MetaExpression(NFT_META_IIFNAME, REG_1),
            new LookupExpression(REG_1, "names") { IsInverted = true },
            new VerdictExpression(NftVerdict.Goto, "other")]),
        Rule([
            new CtExpression(NFT_CT_STATUS, REG_1),
            new BitwiseExpression(REG_1, REG_1, NftValue.Host(0x20), NftValue.Host(0)),
            new CompareExpression(REG_1, NftComparison.NotEqual, NftValue.Host(0)),
            new CtExpression(NFT_CT_DIRECTION, REG_1),
            new CompareExpression(REG_1, NftComparison.Equal, [1]),
            new VerdictExpression(NftVerdict.Continue)]),
        Rule([
            new CtExpression(NFT_CT_PKTS, REG_1) { Direction = 0 },
            // SREG, DREG: 1; OP: NFT_BYTEORDER_HTON; LEN, SIZE: 8.
            Unknown("byteorder", "0800010000000001 0800020000000001 0800030000000001 0800040000000008 0800050000000008"),
            new CompareExpression(REG_1, NftComparison.Greater, [0, 0, 0, 0, 0, 0, 0, 20])]),
        Rule([
            new ImmediateExpression(REG_1, NftValue.Host(1)),
            Unknown("meta", "0800020000000003 0800030000000001"), // KEY: NFT_META_MARK; SREG: 1.
            new ImmediateExpression(REG_1, NftValue.Host(2)),
            Unknown("ct", "0800020000000003 0800040000000001")]), // KEY: NFT_CT_MARK; SREG: 1.
        Rule([
            .. MetaIs(NFT_META_NFPROTO, 2),
            .. MetaIs(NFT_META_L4PROTO, 17),
            new PayloadExpression(REG_1, NftHeader.Network, 16, 4),
            new PayloadExpression(NFT_REG32_01, NftHeader.Transport, 2, 2),
            new LookupExpression(REG_1, "pairs")]),
        Rule([
            // RATE: 10; UNIT: 1 s; BURST: 5; TYPE: NFT_LIMIT_PKTS; FLAGS: 0.
            Unknown("limit", "0c000100000000000000000a 0c0002000000000000000001 0800030000000005 0800040000000000 0800050000000000"),
            Unknown("log", "0600020078000000")]),
        Rule([
            new MetaExpression(NFT_META_IIFNAME, REG_1),
            new LookupExpression(REG_1, Names(NFT_META_IIFNAME, "eth0", "eth1")),
            new MetaExpression(NFT_META_OIFNAME, REG_1),
            new LookupExpression(REG_1, Names(NFT_META_OIFNAME, "eth2", "eth3")) { IsInverted = true }]),
        Rule([
            .. MetaIs(NFT_META_L4PROTO, 6),
            new PayloadExpression(REG_1, NftHeader.Transport, 2, 2),
            new LookupExpression(REG_1, new NftAnonymousSet(PortOfTcp, [Element("0050"), Range("01bb", "01bd")], isInterval: true))]),
    ];

    // What nft calls the type of `tcp dport`: a payload expression, field 2 of protocol 8 in its tables.
    private static NftSetKey PortOfTcp => NftSetKey.Of(NftDataType.InetService) with
    {
        Typeof = [.. Convert.FromHexString("000407000000010c000408000000010402000000")],
    };

    /// <summary>All of it, in the order in which nft sends it.</summary>
    public static NftBatch Batch()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(Name));
        foreach (var chain in Chains)
            batch.Add(chain);
        foreach (var set in Sets)
            batch.Add(set);
        foreach (var rule in Rules)
            batch.Append(rule);
        return batch;
    }

    private static NftRule Rule(ValueArray<NftExpression> expressions) => new(Name, "forward") { Expressions = expressions };

    private static NftAnonymousSet Names(uint key, params string[] names) => new(NftSetKey.OfMeta(key), Array.ConvertAll(names, Device));

    private static UnknownExpression Unknown(string name, string hex) =>
        new(name, [.. Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))]);
}
