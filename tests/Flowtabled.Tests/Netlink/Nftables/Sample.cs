using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What tests/fixtures/nft/flowtabled.nft says, as objects.</summary>
internal static class Sample
{
    public static readonly NftTableName Name = new(NftFamily.Inet, "flowtabled");

    public static readonly NftTable Table = new(Name) { Comment = "flowtabled 0.1.0" };

    public static readonly NftChain Chain = new(Name, "forward") { Hook = new NftHook("filter", NftHookNumber.Forward, 10) };

    public static readonly NftSet Exclude = new(Name, "exclude", NftSetKey.Of(NftDataType.InterfaceName));

    public static readonly NftSet Exclude4 =
        new(Name, "exclude4", NftSetKey.Of(NftDataType.Ipv4Address)) { Flags = NftSetFlags.Interval };

    public static readonly ValueArray<NftSetElement> Devices = [Device("eth4"), Device("eth5")];

    public static readonly ValueArray<NftSetElement> Addresses = [Range("0a000000", "0affffff"), Element("c0a80105")];

    public static readonly NftFlowtable Flowtable =
        new(Name, "sw") { Devices = ["eth2", "eth1", "eth0"], Flags = NftFlowtableFlags.Counter };

    public static readonly NftRule ReturnDevices = new(Name, "forward")
    {
        Expressions =
        [
            new MetaExpression(NFT_META_IIFNAME, NFT_REG_1),
            new LookupExpression(NFT_REG_1, "exclude"),
            new VerdictExpression(NftVerdict.Return),
        ],
    };

    public static readonly NftRule ReturnAddresses = new(Name, "forward")
    {
        Expressions =
        [
            .. MetaIs(NFT_META_NFPROTO, 2),
            new PayloadExpression(NFT_REG_1, NftHeader.Network, 12, 4),
            new LookupExpression(NFT_REG_1, "exclude4"),
            new VerdictExpression(NftVerdict.Return),
        ],
    };

    public static readonly NftAnonymousSet Protocols = new(NftSetKey.OfMeta(NFT_META_L4PROTO), [Element("11"), Element("06")]);

    public static readonly NftRule Offload = new(Name, "forward")
    {
        Expressions =
        [
            new CtExpression(NFT_CT_STATE, NFT_REG_1),
            new BitwiseExpression(NFT_REG_1, NFT_REG_1, NftValue.Host(2), NftValue.Host(0)),
            new CompareExpression(NFT_REG_1, NftComparison.NotEqual, NftValue.Host(0)),
            new MetaExpression(NFT_META_L4PROTO, NFT_REG_1),
            new LookupExpression(NFT_REG_1, Protocols),
            new FlowOffloadExpression("sw"),
            new CounterExpression(),
        ],
        Comment = "offload",
    };

    /// <summary>All of it, in the order in which nft sends it.</summary>
    public static NftBatch Batch()
    {
        var batch = new NftBatch();
        batch.Add(Table);
        batch.Add(Chain);
        batch.Add(Exclude);
        batch.AddElements(Exclude, Devices.Span);
        batch.Add(Exclude4);
        batch.AddElements(Exclude4, Addresses.Span);
        batch.Add(Flowtable);
        batch.Append(ReturnDevices);
        batch.Append(ReturnAddresses);
        batch.Append(Offload);
        return batch;
    }

    public static NftSetElement Element(string hex) => new([.. Convert.FromHexString(hex)]);

    public static NftSetElement Range(string first, string last) => Element(first) with { Last = Element(last).Key };

    public static NftSetElement Device(string name) => new(NftValue.InterfaceName(name));

    /// <summary>A key of packet metadata that must have a value of one byte.</summary>
    public static NftExpression[] MetaIs(uint key, byte value) =>
        [new MetaExpression(key, NFT_REG_1), new CompareExpression(NFT_REG_1, NftComparison.Equal, [value])];
}
