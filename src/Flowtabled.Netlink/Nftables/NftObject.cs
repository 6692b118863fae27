namespace Flowtabled.Netlink.Nftables;

/// <summary>A stateful object (named counter, quota, ct helper, ...), as far as is needed to delete it.</summary>
/// <param name="Table">Where it is.</param>
/// <param name="Type">NFTA_OBJ_TYPE, a value of NFT_OBJECT_*: two types may each have one of the same name.</param>
/// <param name="Name">NFTA_OBJ_NAME.</param>
public sealed record NftObject(NftTableName Table, uint Type, string Name)
{
    /// <summary>From the kernel: NFTA_OBJ_USE, the number of rules and elements that refer to it.</summary>
    public uint Use { get; init; }

    /// <summary>From the kernel: NFTA_OBJ_HANDLE.</summary>
    public ulong Handle { get; init; }

    /// <summary><c>inet fw4 counted</c></summary>
    public override string ToString() => $"{Table} {Name}";
}
