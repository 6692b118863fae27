using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>A table.</summary>
/// <param name="Id">Its family and name.</param>
public sealed record NftTable(NftTableName Id)
{
    /// <summary>NFTA_TABLE_FLAGS.</summary>
    public NftTableFlags Flags { get; init; }

    /// <summary>The comment that nft shows, at most 128 chars of one byte each; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>From the kernel: NFTA_TABLE_OWNER, the netlink port of the socket that owns it; 0 for none.</summary>
    public uint Owner { get; init; }

    /// <summary>From the kernel: NFTA_TABLE_USE, the number of its chains, sets, flowtables and objects.</summary>
    public uint Use { get; init; }

    /// <summary>From the kernel: NFTA_TABLE_HANDLE, which a table made anew does not share.</summary>
    public ulong Handle { get; init; }
}

/// <summary>Flags of a table (linux/netfilter/nf_tables.h).</summary>
[Flags]
public enum NftTableFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>NFT_TABLE_F_DORMANT: its base chains see no packets.</summary>
    Dormant = NfTables.NFT_TABLE_F_DORMANT,

    /// <summary>
    /// NFT_TABLE_F_OWNER (since 5.12): only the socket that made it may change it; without Persist it dies with that socket.
    /// </summary>
    Owner = NfTables.NFT_TABLE_F_OWNER,

    /// <summary>NFT_TABLE_F_PERSIST (since 6.9): it outlives its owner, and another socket may adopt it.</summary>
    Persist = NfTables.NFT_TABLE_F_PERSIST,
}
