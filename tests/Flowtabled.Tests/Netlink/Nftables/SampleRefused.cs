using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What tests/fixtures/nft/refused.nft says, as objects.</summary>
internal static class SampleRefused
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    public static NftBatch Batch()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftChain(T, "forward") { Hook = new NftHook("filter", NftHookNumber.Forward, 10) });
        batch.Add(new NftChain(T, "input") { Hook = new NftHook("filter", NftHookNumber.Input, 0) });
        batch.Add(new NftFlowtable(T, "sw") { Devices = ["eth1", "eth9", "eth0"] });
        batch.Append(new NftRule(T, "input") { Expressions = [new FlowOffloadExpression("sw")] });
        batch.Append(new NftRule(T, "nowhere") { Expressions = [new CounterExpression()] });
        batch.DeleteTable(T with { Name = "absent" });
        return batch;
    }
}
