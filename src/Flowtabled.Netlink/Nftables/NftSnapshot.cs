namespace Flowtabled.Netlink.Nftables;

/// <summary>A table with all that is in it, as it was at one moment.</summary>
/// <param name="Generation">The <see cref="NftGeneration.Id"/> of that moment: a batch made from this may be committed for it.</param>
/// <param name="Table">The table.</param>
/// <param name="Sets">Its named sets and maps.</param>
/// <param name="Flowtables">Its flowtables.</param>
/// <param name="Chains">Its chains.</param>
/// <param name="Rules">Its rules, in order within each chain; lookups in anonymous sets say what those hold.</param>
/// <param name="Objects">Its stateful objects.</param>
public sealed record NftSnapshot(
    uint Generation,
    NftTable Table,
    IReadOnlyList<NftSetContent> Sets,
    IReadOnlyList<NftFlowtable> Flowtables,
    IReadOnlyList<NftChain> Chains,
    IReadOnlyList<NftRule> Rules,
    IReadOnlyList<NftObject> Objects);

/// <summary>A set with its elements.</summary>
/// <param name="Set">The set.</param>
/// <param name="Elements">Its elements, by key.</param>
public sealed record NftSetContent(NftSet Set, ValueArray<NftSetElement> Elements);
