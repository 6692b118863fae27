using Flowtabled.Engine.Export;

namespace Flowtabled.Engine.Planning;

/// <summary>One part of a rule. The list below is all that our rules are made of; a rule with anything else is not one of ours.</summary>
public abstract record Statement
{
    private protected Statement()
    {
    }

    /// <summary>The statement in nft's words.</summary>
    public sealed override string ToString() => NftWords.Of(this);
}

/// <summary><c>ct state established</c></summary>
public sealed record CtStateEstablished : Statement;

/// <summary><c>meta l4proto { tcp, udp }</c></summary>
/// <param name="Protocols">At least one.</param>
public sealed record L4ProtocolIn(L4Protocols Protocols) : Statement;

/// <summary><c>iifname @set</c> or <c>oifname @set</c></summary>
/// <param name="Side">Which of the packet's two devices.</param>
/// <param name="Set">The name of a set of <see cref="SetType.InterfaceName"/> in the same table.</param>
public sealed record InterfaceInSet(InterfaceSide Side, string Set) : Statement;

/// <summary><c>flow add @flowtable</c>: what follows it in the rule runs once for each flow that was really added.</summary>
/// <param name="Flowtable">The name of a flowtable in the same table.</param>
public sealed record FlowAdd(string Flowtable) : Statement;

/// <summary><c>counter</c>; what it has counted is no part of the rule.</summary>
public sealed record Counter : Statement;

/// <summary><c>return</c>: the rest of the chain is skipped.</summary>
public sealed record ReturnVerdict : Statement;

/// <summary>The protocols that a flowtable can carry.</summary>
[Flags]
public enum L4Protocols
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>TCP, protocol 6.</summary>
    Tcp = 0x1,

    /// <summary>UDP, protocol 17.</summary>
    Udp = 0x2,
}

/// <summary>One of a forwarded packet's two devices.</summary>
public enum InterfaceSide
{
    /// <summary>The l3 device that it came in by.</summary>
    Input,

    /// <summary>The l3 device that it leaves by.</summary>
    Output,
}
