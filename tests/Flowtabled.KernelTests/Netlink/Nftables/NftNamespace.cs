using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Netlink.Nftables;

/// <summary>Clients of a namespace's ruleset, and what nft says of it.</summary>
internal static class NftNamespace
{
    public static NetlinkSocket Open(this NetworkNamespace there) => there.Inside(() => new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER));

    public static NftClient OpenNft(this NetworkNamespace there) => new(there.Open());

    /// <summary><c>nft -j list ruleset</c>.</summary>
    public static string ListRuleset(this NetworkNamespace there) => there.Run("nft -j list ruleset");

    /// <summary>Has nft run a script of tests/fixtures/nft.</summary>
    public static void RunNft(this NetworkNamespace there, string script) =>
        there.Run($"nft -f '{Path.Combine(AppContext.BaseDirectory, "nft", script)}'");

    /// <summary>Devices eth0 to eth5 in pairs, as the scripts need them.</summary>
    public static void AddDevices(this NetworkNamespace there) => there.Run(
        "for i in 0 2 4; do ip link add eth$i type veth peer name eth$((i + 1)); done");
}
