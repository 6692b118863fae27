using System.Collections.Immutable;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Engine.Export;

/// <summary>Our objects in nft's language, as nft 1.0.6 and later read it.</summary>
internal static class NftWords
{
    /// <summary>
    /// <paramref name="device"/> in quotes; <see langword="null"/> when nft has no way to write it. Between quotes anything but a quote
    /// stands for itself, but a star at the end means any rest, or not, depending on place and version.
    /// </summary>
    public static string? Quote(string device) => device.Contains('"') || device.EndsWith('*') ? null : $"\"{device}\"";

    /// <summary>
    /// The name of a chain, set, flowtable or object; <see langword="null"/> when nft has no way to write it. The kernel takes any bytes
    /// for one, and a name that somebody else chose must not become a command.
    /// </summary>
    public static string? Identifier(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
            return null;

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or '/'))
                return null;
        }

        return name;
    }

    public static string Rule(RuleSpec rule)
    {
        var words = string.Join(' ', rule.Statements);
        return rule.Comment.Length == 0 ? words : $"{words} comment \"{rule.Comment}\"";
    }

    public static string Type(SetType type) => type switch
    {
        SetType.InterfaceName => "ifname",
        SetType.Address4 => "ipv4_addr",
        SetType.Address6 => "ipv6_addr",
        SetType.Port => "inet_service",
        SetType.Connection4 => "ipv4_addr . ipv4_addr . inet_proto . inet_service . inet_service",
        SetType.Connection6 => "ipv6_addr . ipv6_addr . inet_proto . inet_service . inet_service",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The flags of a set, as its declaration has them.</summary>
    public static ImmutableArray<string> Flags(SetType type) =>
        type == SetType.InterfaceName ? [] : SetSpec.IsOfTimed(type) ? ["timeout"] : ["interval"];

    /// <summary>The kind of a stateful object (<c>NFT_OBJECT_*</c>); <see langword="null"/> for one that nft does not know.</summary>
    public static string? Object(uint type) => type switch
    {
        1 => "counter",
        2 => "quota",
        3 => "ct helper",
        4 => "limit",
        7 => "ct timeout",
        8 => "secmark",
        9 => "ct expectation",
        10 => "synproxy",
        _ => null,
    };

    public static ImmutableArray<string> Flags(TableFlags flags) => Names(flags);

    public static ImmutableArray<string> Flags(FlowtableFlags flags) =>
    [
        .. flags.HasFlag(FlowtableFlags.HwOffload) ? (ReadOnlySpan<string>)["offload"] : [],
        .. flags.HasFlag(FlowtableFlags.Counter) ? (ReadOnlySpan<string>)["counter"] : [],
    ];

    private static string Part(ConnectionPart part) => part switch
    {
        ConnectionPart.Client4 => "ct original ip saddr",
        ConnectionPart.Server4 => "ct reply ip saddr",
        ConnectionPart.Client6 => "ct original ip6 saddr",
        ConnectionPart.Server6 => "ct reply ip6 saddr",
        ConnectionPart.ClientPort => "ct original proto-src",
        ConnectionPart.ServerPort => "ct reply proto-src",
        ConnectionPart.Whole4 => Whole("ip"),
        ConnectionPart.Whole6 => Whole("ip6"),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    private static string Whole(string family) =>
        $"ct original {family} saddr . ct original {family} daddr . meta l4proto . ct original proto-src . ct original proto-dst";

    private static ImmutableArray<string> Names(Enum flags) => [.. flags.ToString().ToLowerInvariant().Split(", ").Except(["none"])];

    public static string Of(Statement statement) => statement switch
    {
        CtStateEstablished => "ct state established",
        L4ProtocolIn match => $"meta l4proto {{ {string.Join(", ", Names(match.Protocols))} }}",
        InterfaceInSet { Side: InterfaceSide.Input } match => $"iifname @{match.Set}",
        InterfaceInSet match => $"oifname @{match.Set}",
        ConnectionInSet match => $"{Part(match.Part)} @{match.Set}",
        FlowAdd flow => $"flow add @{flow.Flowtable}",
        Counter => "counter",
        ReturnVerdict => "return",
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, null),
    };
}
