using Flowtabled.Netlink.Nftables;
using static Flowtabled.Netlink.Nftables.NftDataType;
using static Flowtabled.Tests.Netlink.Nftables.Sample;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What tests/fixtures/nft/sets.nft says, as objects.</summary>
internal static class SampleSets
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    public static readonly (NftSet Set, ValueArray<NftSetElement> Elements)[] All =
    [
        (Set("names", InterfaceName), []),
        (Set("four", Ipv4Address) with { Flags = NftSetFlags.Interval },
            [Range("00000000", "00ffffff"), Range("0a000000", "0affffff"), Element("c0a80105"), Range("e0000000", "ffffffff")]),
        (Set("six", Ipv6Address) with { Flags = NftSetFlags.Interval },
            [
                Range("20010db8" + Zeros(12), "20010db8" + Ones(12)),
                Range("fc" + Zeros(15), "fd" + Ones(15)),
                Range("fe80" + Zeros(13) + "01", "fe80" + Zeros(13) + "ff"),
            ]),
        (Set("timed", Ipv6Address) with { Flags = NftSetFlags.Timeout, Timeout = TimeSpan.FromHours(1), Comment = "a" },
            [Element("fd" + Zeros(14) + "01"), Element("fd" + Zeros(14) + "02") with { Timeout = TimeSpan.FromSeconds(10) }]),
        (Set("pairs", Ipv4Address, InetService) with { Flags = NftSetFlags.Interval | NftSetFlags.Concatenation },
            [Range("0a00000000500000", "0affffff00500000"), Range("c0a8000103e80000", "c0a8000907d00000")]),
        (Set("many", InetProtocol, Ipv6Address, InetService), [Element("06000000fd" + Zeros(14) + "0101bb0000")]),
        (Set("wires", InterfaceName, InterfaceName),
            [new NftSetElement([.. NftValue.InterfaceName("eth0"), .. NftValue.InterfaceName("eth1")])]),
        (Set("tags", Mark) with { Flags = NftSetFlags.Constant, Size = 2 },
            [new NftSetElement(NftValue.Host(1)), new NftSetElement(NftValue.Host(0x80))]),
        (Set("commented", Ipv4Address), [Element("0a000001") with { Comment = "x y" }]),
        (Set("limited", InetProtocol) with { Flags = NftSetFlags.Dynamic, Size = 128 }, []),
        (Set("merged", InetService) with { Flags = NftSetFlags.Interval, AutoMerge = true }, [Range("0050", "0063")]),
        (Set("touching", InetService) with { Flags = NftSetFlags.Interval },
            [Range("0050", "0059"), Range("005a", "0063"), Element("ffff")]),
    ];

    private static NftSet Set(string name, params ReadOnlySpan<NftDataType> types) =>
        new(T, name, types.Length == 1 ? NftSetKey.Of(types[0]) : NftSetKey.Concatenate(types));

    private static string Zeros(int count) => new('0', 2 * count);

    private static string Ones(int count) => new('f', 2 * count);
}
