using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>A named set, wanted or found: no intervals, no timeouts, no data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Elements">The elements, without duplicates. Wanted ones are sorted; order means nothing.</param>
public sealed record SetSpec(string Name, SetType Type, ImmutableArray<string> Elements);

/// <summary>What the elements of a set are.</summary>
public enum SetType
{
    /// <summary>nft's <c>ifname</c>: names of devices, 16 bytes with NULs at the end.</summary>
    InterfaceName,
}
