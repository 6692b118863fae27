using System.Runtime.InteropServices;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.KernelTests.Netlink.Nftables;

/// <summary>How the kernel refuses a batch, and what is told of it.</summary>
public sealed partial class RefusalTests : IDisposable
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    private readonly NetworkNamespace _namespace = new();
    private readonly NftClient _client;

    public RefusalTests() => _client = _namespace.OpenNft();

    public void Dispose()
    {
        _client.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void The_third_message_is_named_with_the_device_that_is_not_there()
    {
        _namespace.AddDevices();
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftChain(T, "forward"));
        batch.Add(new NftFlowtable(T, "sw") { Devices = ["eth0", "eth9", "eth1"] });
        batch.Append(new NftRule(T, "forward") { Expressions = [new CounterExpression()] });

        var refusal = Assert.Single(Assert.Throws<NftBatchException>(() => _client.Commit(batch)).Refusals);

        Assert.Equal(("add flowtable inet t sw", Errno.ENOENT), (refusal.Operation, refusal.Errno));
        Assert.Equal(GuestKernel.PointsAtDevices ? "device \"eth9\"" : null, refusal.Place);
        Assert.Null(_client.TryGetTable(T)); // Nothing of it took effect.
    }

    [Fact]
    public void Every_message_that_is_refused_is_named()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftChain(T, "input") { Hook = new NftHook("filter", NftHookNumber.Input, 0) });
        batch.Append(new NftRule(T, "nowhere") { Expressions = [new CounterExpression()] });
        batch.Append(new NftRule(T, "input") { Expressions = [new LookupExpression(1, "names")] });
        batch.Append(new NftRule(T, "input") { Expressions = [new FlowOffloadExpression("sw")] });
        batch.DeleteTable(T with { Name = "absent" });
        batch.DeleteRule(T, "input", 77);

        var failure = Assert.Throws<NftBatchException>(() => _client.Commit(batch));

        Assert.Equal(
            [
                "append rule to chain inet t nowhere: ENOENT (No such file or directory), at chain \"nowhere\"",
                "append rule to chain inet t input: ENOENT (No such file or directory), at set \"names\"",
                "append rule to chain inet t input: ENOENT (No such file or directory), at flowtable \"sw\"",
                "delete table inet absent: ENOENT (No such file or directory), at table \"absent\"",
                "delete rule 77 of chain inet t input: ENOENT (No such file or directory), at rule with handle \"77\"",
            ],
            failure.Refusals.Select(refusal => refusal.ToString()));
        Assert.Equal((failure.Refusals[0].Operation, failure.Refusals[0].Place), (failure.Operation, failure.Place));
        Assert.Null(_client.TryGetTable(T));
    }

    [Fact]
    public void The_kernels_own_words_are_passed_on()
    {
        var name = T with { Name = new string('t', 300) };

        var refusal = Assert.Throws<NetlinkException>(() => _client.TryGetTable(name));
        Assert.Equal((Errno.ERANGE, "Attribute failed policy validation"), (refusal.Errno, refusal.KernelText));
        Assert.Equal($"table \"{name.Name}\"", refusal.Place);

        // In a batch it has none for that.
        var batch = new NftBatch();
        batch.Add(new NftTable(name));
        var inBatch = Assert.Single(Assert.Throws<NftBatchException>(() => _client.Commit(batch)).Refusals);
        Assert.Equal((Errno.ERANGE, null), (inBatch.Errno, inBatch.KernelText));
    }

    [Fact]
    public void What_is_there_already_may_not_be_made_anew()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T), exclusive: true);
        batch.Add(new NftChain(T, "c"), exclusive: true);
        _client.Commit(batch);
        Assert.Equal([Errno.EEXIST, Errno.EEXIST], Assert.Throws<NftBatchException>(() => _client.Commit(batch)).Refusals.Select(r => r.Errno));

        batch.Clear();
        batch.Add(new NftTable(T));
        batch.Add(new NftChain(T, "c"));
        _client.Commit(batch);
    }

    [Fact]
    public void What_is_in_use_may_not_be_deleted()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftFlowtable(T, "sw"));
        batch.Add(new NftChain(T, "forward") { Hook = new NftHook("filter", NftHookNumber.Forward, 10) });
        batch.Append(new NftRule(T, "forward") { Expressions = [new FlowOffloadExpression("sw")] });
        _client.Commit(batch);

        batch.Clear();
        batch.DeleteFlowtable(T, "sw");
        var refusal = Assert.Throws<NftBatchException>(() => _client.Commit(batch));
        Assert.Equal((Errno.EBUSY, "flowtable \"sw\""), (refusal.Errno, refusal.Place));
        Assert.Equal(1u, Assert.Single(_client.GetFlowtables(T)).Use);
    }

    [Fact]
    public void A_batch_for_a_generation_that_has_passed_is_not_applied()
    {
        using var other = _namespace.OpenNft();
        var generation = _client.GetGeneration().Id;
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        var others = new NftBatch();
        others.Add(new NftTable(T with { Name = "other" }));
        other.Commit(others);

        Assert.Equal(NftCommitResult.GenerationMoved, _client.Commit(batch, generation));
        Assert.Null(_client.TryGetTable(T));
        Assert.Equal(NftCommitResult.Committed, _client.Commit(batch, _client.GetGeneration().Id));
        Assert.NotNull(_client.TryGetTable(T));

        // Which thread committed is told, too.
        Assert.Equal(2, _client.GetTables().Count);
        Assert.NotEqual(0u, _client.GetGeneration().ProcessId);
    }

    [Fact]
    public void A_batch_beyond_the_default_buffer_is_sent()
    {
        Assert.Equal(NftCommitResult.Committed, _client.Commit(ManyChains(10_000)));
        Assert.Equal(10_000, _client.GetChains(T).Count);
    }

    [Fact]
    public void So_is_one_beyond_the_smaller_default_of_a_32_bit_machine()
    {
        const string setting = "/proc/sys/net/core/wmem_default";
        var usual = File.ReadAllText(setting);
        try
        {
            File.WriteAllText(setting, "163840"); // SK_WMEM_MAX there (include/net/sock.h)
            using var client = _namespace.OpenNft();
            Assert.Equal(NftCommitResult.Committed, client.Commit(ManyChains(4_200))); // 44 bytes each
        }
        finally
        {
            File.WriteAllText(setting, usual);
        }
    }

    [Fact]
    public void A_batch_that_the_socket_cannot_hold_is_not_sent()
    {
        // Without CAP_NET_ADMIN the send buffer cannot be forced beyond net.core.wmem_max.
        var failure = _namespace.Inside(() =>
        {
            DropCapabilities();
            using var client = new NftClient(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER));
            return Assert.Throws<NetlinkException>(() => client.Commit(ManyChains(10_000)));
        });

        Assert.Equal(Errno.EMSGSIZE, failure.Errno);
        Assert.Matches(@"\Anfnetlink: send \d{6,7} bytes: EMSGSIZE", failure.Message);
        Assert.Null(_client.TryGetTable(T));
    }

    [Fact]
    public void Without_the_capability_nothing_is_told()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));

        var errors = _namespace.Inside(() =>
        {
            DropCapabilities();
            using var client = new NftClient(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER));
            return (
                Assert.ThrowsAny<NetlinkException>(() => client.Commit(batch)).Errno,
                Assert.Throws<NetlinkException>(() => client.GetGeneration()).Errno,
                Assert.Throws<NetlinkException>(() => new NftMonitor().Dispose()).Errno);
        });

        Assert.Equal((Errno.EPERM, Errno.EPERM, Errno.EPERM), errors);
    }

    private static NftBatch ManyChains(int count)
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        for (var i = 0; i < count; i++)
            batch.Add(new NftChain(T, $"chain-{i}"));
        return batch;
    }

    // Of the calling thread only, which ends with what it was started for. _LINUX_CAPABILITY_VERSION_3; header, then two times three words.
    private static unsafe void DropCapabilities()
    {
        var header = stackalloc uint[] { 0x20080522, 0 };
        var data = stackalloc uint[6];
        if (capset(header, data) != 0)
            throw new InvalidOperationException($"capset: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int capset(uint* header, uint* data);
}
