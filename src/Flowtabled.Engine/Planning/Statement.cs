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

/// <summary><c>ct original ip saddr @set</c> and the like; of ports only behind <see cref="L4ProtocolIn"/>, which gives them a meaning.</summary>
/// <param name="Part">What of the packet's connection.</param>
/// <param name="Set">The name of a set in the same table, of the type that goes with <paramref name="Part"/>.</param>
public sealed record ConnectionInSet(ConnectionPart Part, string Set) : Statement;

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

/// <summary>What tells connections apart. The client is the end that sent the first packet; each end as it knows itself, before and after NAT.</summary>
public enum ConnectionPart
{
    /// <summary>The client's IPv4 address: <c>ct original ip saddr</c>.</summary>
    Client4,

    /// <summary>The server's IPv4 address: <c>ct reply ip saddr</c>.</summary>
    Server4,

    /// <summary>The client's IPv6 address.</summary>
    Client6,

    /// <summary>The server's IPv6 address.</summary>
    Server6,

    /// <summary>The client's port: <c>ct original proto-src</c>.</summary>
    ClientPort,

    /// <summary>The server's port: <c>ct reply proto-src</c>.</summary>
    ServerPort,

    /// <summary>The first packet's addresses, protocol and ports, over IPv4.</summary>
    Whole4,

    /// <summary>The same over IPv6.</summary>
    Whole6,
}

/// <summary>One of a forwarded packet's two devices.</summary>
public enum InterfaceSide
{
    /// <summary>The l3 device that it came in by.</summary>
    Input,

    /// <summary>The l3 device that it leaves by.</summary>
    Output,
}
