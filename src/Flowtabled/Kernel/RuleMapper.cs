using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Kernel;

/// <summary>Between the engine's statements and the kernel's expressions, both ways: what is written here is recognised here.</summary>
internal static class RuleMapper
{
    private const uint Register = NfTables.NFT_REG_1;

    // NF_CT_STATE_BIT(IP_CT_ESTABLISHED): 1 << (0 + 1) (linux/netfilter/nf_conntrack_common.h).
    private const uint EstablishedBit = 2;

    private const byte Tcp = 6;
    private const byte Udp = 17;

    /// <summary>The expressions of a rule.</summary>
    public static NftRule ToKernel(NftTableName table, string chain, RuleSpec rule)
    {
        var expressions = new List<NftExpression>();
        foreach (var statement in rule.Statements)
            Add(expressions, statement);
        return new NftRule(table, chain)
        {
            Expressions = [.. expressions],
            Comment = rule.Comment.Length == 0 ? null : rule.Comment,
        };
    }

    /// <summary>The rule that these expressions are; null when they are nothing that our rules are made of.</summary>
    public static RuleSpec? FromKernel(NftRule rule)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        var rest = rule.Expressions.Span;
        while (!rest.IsEmpty)
        {
            if (Read(rest, out var length) is not { } statement)
                return null;
            statements.Add(statement);
            rest = rest[length..];
        }

        return new RuleSpec(statements.ToImmutable(), rule.Comment ?? "");
    }

    private static void Add(List<NftExpression> expressions, Statement statement)
    {
        switch (statement)
        {
            case CtStateEstablished:
                expressions.Add(new CtExpression(NfTables.NFT_CT_STATE, Register));
                expressions.Add(new BitwiseExpression(Register, Register, NftValue.Host(EstablishedBit), NftValue.Host(0)));
                expressions.Add(new CompareExpression(Register, NftComparison.NotEqual, NftValue.Host(0)));
                break;
            case L4ProtocolIn { Protocols: var protocols }:
                expressions.Add(new MetaExpression(NfTables.NFT_META_L4PROTO, Register));
                expressions.Add(new LookupExpression(Register, ProtocolSet(protocols)));
                break;
            case InterfaceInSet { Side: var side, Set: var set }:
                expressions.Add(new MetaExpression(NameKey(side), Register));
                expressions.Add(new LookupExpression(Register, set));
                break;
            case ConnectionInSet { Part: var part, Set: var set }:
                expressions.AddRange(ConnectionParts.Load(part));
                expressions.Add(new LookupExpression(Register, set));
                break;
            case FlowAdd { Flowtable: var flowtable }:
                expressions.Add(new FlowOffloadExpression(flowtable));
                break;
            case Counter:
                expressions.Add(new CounterExpression());
                break;
            case ReturnVerdict:
                expressions.Add(new VerdictExpression(NftVerdict.Return));
                break;
            default:
                throw new NotSupportedException($"no expressions for {statement}");
        }
    }

    private static Statement? Read(ReadOnlySpan<NftExpression> expressions, out int length)
    {
        length = 1;
        switch (expressions)
        {
            case [FlowOffloadExpression flow, ..]:
                return new FlowAdd(flow.Flowtable);
            case [CounterExpression, ..]:
                return new Counter();
            case [VerdictExpression { Verdict: NftVerdict.Return }, ..]:
                return new ReturnVerdict();
            case [MetaExpression { Destination: Register } meta, LookupExpression { Source: Register, IsInverted: false, Destination: null } lookup, ..]:
                length = 2;
                return ReadLookup(meta.Key, lookup);
            case [CtExpression ct, BitwiseExpression mask, CompareExpression compare, ..]:
                length = 3;
                return ReadState(ct, mask, compare);
            default:
                return ConnectionParts.Read(expressions, out length);
        }
    }

    private static Statement? ReadLookup(uint key, LookupExpression lookup) => (key, lookup.Anonymous) switch
    {
        (NfTables.NFT_META_IIFNAME, null) => new InterfaceInSet(InterfaceSide.Input, lookup.Set),
        (NfTables.NFT_META_OIFNAME, null) => new InterfaceInSet(InterfaceSide.Output, lookup.Set),
        (NfTables.NFT_META_L4PROTO, { } set) when Protocols(set) is { } protocols => new L4ProtocolIn(protocols),
        _ => null,
    };

    private static CtStateEstablished? ReadState(CtExpression ct, BitwiseExpression mask, CompareExpression compare)
    {
        var expected = new List<NftExpression>();
        Add(expected, new CtStateEstablished());
        return expected[0].IsSameAs(ct) && expected[1].IsSameAs(mask) && expected[2].IsSameAs(compare) ? new CtStateEstablished() : null;
    }

    private static uint NameKey(InterfaceSide side) =>
        (uint)(side == InterfaceSide.Input ? NfTables.NFT_META_IIFNAME : NfTables.NFT_META_OIFNAME);

    private static NftAnonymousSet ProtocolSet(L4Protocols protocols)
    {
        var elements = new List<NftSetElement>();
        if (protocols.HasFlag(L4Protocols.Tcp))
            elements.Add(new NftSetElement([Tcp]));
        if (protocols.HasFlag(L4Protocols.Udp))
            elements.Add(new NftSetElement([Udp]));
        return new NftAnonymousSet(NftSetKey.OfMeta(NfTables.NFT_META_L4PROTO), elements.ToArray());
    }

    private static L4Protocols? Protocols(NftAnonymousSet set)
    {
        if (set.IsInterval)
            return null;
        var protocols = L4Protocols.None;
        foreach (var element in set.Elements)
        {
            switch (element)
            {
                case { Last: null, Key: { Count: 1 } key } when key[0] == Tcp:
                    protocols |= L4Protocols.Tcp;
                    break;
                case { Last: null, Key: { Count: 1 } key } when key[0] == Udp:
                    protocols |= L4Protocols.Udp;
                    break;
                default:
                    return null;
            }
        }

        return protocols;
    }
}
