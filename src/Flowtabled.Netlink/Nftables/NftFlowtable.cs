using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>A flowtable, hooked at the ingress of its devices.</summary>
/// <param name="Table">Where it is: family inet, ip or ip6.</param>
/// <param name="Name">NFTA_FLOWTABLE_NAME.</param>
public sealed record NftFlowtable(NftTableName Table, string Name)
{
    /// <summary>NFTA_FLOWTABLE_HOOK_PRIORITY among the ingress hooks of a device, lower first; fixed when it is created.</summary>
    public int Priority { get; init; }

    /// <summary>NFTA_FLOWTABLE_FLAGS.</summary>
    public NftFlowtableFlags Flags { get; init; }

    /// <summary>NFTA_FLOWTABLE_HOOK_DEVS: names of devices, one char for each byte. The kernel gives them in an order of its own.</summary>
    public ValueArray<string> Devices { get; init; }

    /// <summary>From the kernel: NFTA_FLOWTABLE_USE, the number of rules that add flows to it.</summary>
    public uint Use { get; init; }

    /// <summary>From the kernel: NFTA_FLOWTABLE_HANDLE.</summary>
    public ulong Handle { get; init; }

    /// <summary><c>inet fw4 ft</c></summary>
    public override string ToString() => $"{Table} {Name}";
}

/// <summary>Flags of a flowtable (linux/netfilter/nf_tables.h).</summary>
[Flags]
public enum NftFlowtableFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>
    /// NFT_FLOWTABLE_HW_OFFLOAD: flows go to the hardware of its devices, each of which must take it; fixed when it is created.
    /// </summary>
    HwOffload = NfTables.NFT_FLOWTABLE_HW_OFFLOAD,

    /// <summary>NFT_FLOWTABLE_COUNTER (since 5.7): conntrack counts offloaded packets too. May change.</summary>
    Counter = NfTables.NFT_FLOWTABLE_COUNTER,
}
