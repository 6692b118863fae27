namespace Flowtabled.Netlink.Nftables;

/// <summary>A chain.</summary>
/// <param name="Table">Where it is.</param>
/// <param name="Name">NFTA_CHAIN_NAME.</param>
public sealed record NftChain(NftTableName Table, string Name)
{
    /// <summary>Where a base chain meets packets; null for a chain that rules jump to.</summary>
    public NftHook? Hook { get; init; }

    /// <summary>From the kernel: NFTA_CHAIN_USE, the number of its rules and of jumps to it.</summary>
    public uint Use { get; init; }

    /// <summary>From the kernel: NFTA_CHAIN_HANDLE.</summary>
    public ulong Handle { get; init; }

    /// <summary><c>inet fw4 forward</c></summary>
    public override string ToString() => $"{Table} {Name}";
}

/// <summary>The hook of a base chain.</summary>
/// <param name="Type">NFTA_CHAIN_TYPE: "filter", "nat" or "route".</param>
/// <param name="Number">NFTA_HOOK_HOOKNUM.</param>
/// <param name="Priority">NFTA_HOOK_PRIORITY, lower first; nft's "filter" is 0.</param>
public sealed record NftHook(string Type, NftHookNumber Number, int Priority)
{
    /// <summary>NFTA_CHAIN_POLICY: what befalls a packet that no rule decides on.</summary>
    public NftPolicy Policy { get; init; } = NftPolicy.Accept;

    /// <summary>
    /// NFTA_HOOK_DEV or NFTA_HOOK_DEVS: the devices of a netdev chain or an inet ingress chain. From the kernel; not written.
    /// </summary>
    public ValueArray<string> Devices { get; init; }
}

/// <summary>Hooks of the families inet, ip and ip6 (enum nf_inet_hooks, linux/netfilter.h); family netdev counts its own from 0.</summary>
public enum NftHookNumber : uint
{
    /// <summary>NF_INET_PRE_ROUTING</summary>
    Prerouting = 0,

    /// <summary>NF_INET_LOCAL_IN</summary>
    Input = 1,

    /// <summary>NF_INET_FORWARD</summary>
    Forward = 2,

    /// <summary>NF_INET_LOCAL_OUT</summary>
    Output = 3,

    /// <summary>NF_INET_POST_ROUTING</summary>
    Postrouting = 4,

    /// <summary>NF_INET_INGRESS</summary>
    Ingress = 5,
}

/// <summary>Policies of a base chain (linux/netfilter.h).</summary>
public enum NftPolicy : uint
{
    /// <summary>NF_DROP</summary>
    Drop = 0,

    /// <summary>NF_ACCEPT</summary>
    Accept = 1,
}
