using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>A flowtable, wanted or found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Priority">The priority of its ingress hooks (<c>NFTA_FLOWTABLE_HOOK_PRIORITY</c>); fixed when it is created.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Devices">The devices that it is hooked on, without duplicates. Wanted ones are sorted by name; order means nothing.</param>
public sealed record FlowtableSpec(string Name, int Priority, FlowtableFlags Flags, ImmutableArray<string> Devices);

/// <summary>Flags of a flowtable, with the values of linux/netfilter/nf_tables.h.</summary>
[Flags]
public enum FlowtableFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>NFT_FLOWTABLE_HW_OFFLOAD</c>: flows are given to the hardware; fixed when the flowtable is created.</summary>
    HwOffload = 0x1,

    /// <summary><c>NFT_FLOWTABLE_COUNTER</c>: conntrack goes on counting offloaded flows; may change at any time.</summary>
    Counter = 0x2,
}
