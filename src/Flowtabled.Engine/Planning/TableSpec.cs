using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>A table of family inet as it should be: everything in it is ours, nothing else belongs there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flags">Its flags: none, or <see cref="TableFlags.Owner"/> with <see cref="TableFlags.Persist"/>.</param>
/// <param name="Sets">The named sets that its rules look up; names differ.</param>
/// <param name="Flowtable">The flowtable.</param>
/// <param name="Chain">The base chain that holds the rules.</param>
/// <param name="Rules">The rules of <paramref name="Chain"/>, in order.</param>
public sealed record TableSpec(
    string Name,
    TableFlags Flags,
    ImmutableArray<SetSpec> Sets,
    FlowtableSpec Flowtable,
    ChainSpec Chain,
    ImmutableArray<RuleSpec> Rules);

/// <summary>Flags of a table, with the values of linux/netfilter/nf_tables.h.</summary>
[Flags]
public enum TableFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>NFT_TABLE_F_DORMANT</c>: its base chains are not in effect. We never want it.</summary>
    Dormant = 0x1,

    /// <summary><c>NFT_TABLE_F_OWNER</c>, Linux 5.12: only the socket that made it may change it.</summary>
    Owner = 0x2,

    /// <summary><c>NFT_TABLE_F_PERSIST</c>, Linux 6.9: it outlives its owner and can be adopted.</summary>
    Persist = 0x4,
}
