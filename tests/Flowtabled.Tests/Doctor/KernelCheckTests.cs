using Flowtabled.Doctor;
using Flowtabled.Doctor.Checks;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Doctor;

/// <summary>The checks that ask the kernel what it can do, against kernels that cannot.</summary>
public sealed class KernelCheckTests
{
    private const ushort NewFlowtable = (NfNetlink.NFNL_SUBSYS_NFTABLES << 8) | NfTables.NFT_MSG_NEWFLOWTABLE;
    private const ushort NewRule = (NfNetlink.NFNL_SUBSYS_NFTABLES << 8) | NfTables.NFT_MSG_NEWRULE;

    [Fact]
    public void No_nftables()
    {
        using var nft = new NftClient(new RefusingKernel(Errno.EINVAL));

        Assert.Equal(
            Diagnosis.Error(
                "no nftables: read the nftables generation: EINVAL (Invalid argument)",
                "install kmod-nft-core, or a kernel with CONFIG_NF_TABLES"),
            NftablesCheck.Judge(nft));
    }

    [Theory]
    [InlineData(NewFlowtable, "add flowtable inet flowtabled-probe f: ENOENT (No such file or directory)")]
    [InlineData(NewRule, "append rule to chain inet flowtabled-probe forward: ENOENT (No such file or directory)")]
    public void No_flowtables_or_no_expression_for_them(ushort type, string reason)
    {
        using var nft = new NftClient(new RefusingKernel(Errno.ENOENT, type));

        Assert.Equal(
            Diagnosis.Error(
                $"the kernel takes no flowtable with a rule for it: {reason}",
                "install kmod-nft-offload, or a kernel with CONFIG_NF_FLOW_TABLE_INET and CONFIG_NFT_FLOW_OFFLOAD"),
            FlowOffloadCheck.Judge(nft));
    }

    [Fact]
    public void No_ctnetlink()
    {
        using var conntrack = new ConntrackClient(new NetlinkConnection(new RefusingKernel(Errno.EINVAL)));

        Assert.Equal(
            Diagnosis.Error(
                "the kernel does not list its connections: list connections: EINVAL (Invalid argument)",
                "install kmod-nf-conntrack-netlink, or a kernel with CONFIG_NF_CT_NETLINK"),
            ConntrackCheck.Judge(conntrack));
    }

    // EPERM says nothing about the kernel: that is the business of the check for the capability.
    [Fact]
    public void A_process_that_may_not_ask_learns_nothing()
    {
        using var nft = new NftClient(new RefusingKernel(Errno.EPERM));
        using var conntrack = new ConntrackClient(new NetlinkConnection(new RefusingKernel(Errno.EPERM)));

        Assert.Throws<NetlinkException>(() => NftablesCheck.Judge(nft));
        Assert.Throws<NftBatchException>(() => FlowOffloadCheck.Judge(nft));
        Assert.Throws<NetlinkException>(() => ConntrackCheck.Judge(conntrack));
    }
}
