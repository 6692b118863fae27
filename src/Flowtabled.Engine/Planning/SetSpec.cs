using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>A named set, wanted or found: no data, and a timeout for what holds connections alone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Elements">
/// The elements, without duplicates or overlaps. Wanted ones are sorted; order means nothing. None of a set whose elements expire: they come with
/// an order and go by themselves, and no plan has to do with them.
/// </param>
public sealed record SetSpec(string Name, SetType Type, ImmutableArray<string> Elements)
{
    /// <summary>The most elements of a set whose elements expire.</summary>
    public const int MaxTimed = 2048;

    /// <summary>Whether the elements expire.</summary>
    public bool IsTimed => IsOfTimed(Type);

    /// <summary>Whether the elements of a set of this type expire.</summary>
    public static bool IsOfTimed(SetType type) => type is SetType.Connection4 or SetType.Connection6;
}

/// <summary>What the elements of a set are.</summary>
public enum SetType
{
    /// <summary>nft's <c>ifname</c>: names of devices, 16 bytes with NULs at the end.</summary>
    InterfaceName,

    /// <summary>nft's <c>ipv4_addr</c>, intervals: what <see cref="Config.HostRange"/> says.</summary>
    Address4,

    /// <summary>nft's <c>ipv6_addr</c>, intervals.</summary>
    Address6,

    /// <summary>nft's <c>inet_service</c>, intervals: what <see cref="Config.PortRange"/> says.</summary>
    Port,

    /// <summary>Connections over IPv4, with timeout: source and destination address, protocol, source and destination port of their first packet.</summary>
    Connection4,

    /// <summary>The same over IPv6.</summary>
    Connection6,
}
