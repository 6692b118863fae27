namespace Flowtabled.Netlink.Nftables;

/// <summary>What identifies a table: two families may each have one of the same name.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Name">NFTA_TABLE_NAME, one char for each byte, at most 255.</param>
public readonly record struct NftTableName(NftFamily Family, string Name)
{
    /// <summary>"inet flowtabled"</summary>
    public override string ToString() => $"{Family.ToNft()} {Name}";
}
