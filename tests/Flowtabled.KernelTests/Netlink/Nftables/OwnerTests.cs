using Flowtabled.KernelTests.Lab;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.KernelTests.Netlink.Nftables;

/// <summary>Tables that belong to a socket.</summary>
public sealed class OwnerTests : IDisposable
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    private readonly NetworkNamespace _namespace = new();
    private readonly NftClient _owner;
    private readonly NftClient _other;

    public OwnerTests()
    {
        _owner = _namespace.OpenNft();
        _other = _namespace.OpenNft();
    }

    public void Dispose()
    {
        _owner.Dispose();
        _other.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void Nobody_else_may_change_it()
    {
        Make(_owner, NftTableFlags.Owner);
        Assert.Equal(_owner.Port, _other.TryGetTable(T)!.Owner); // Everybody may read.

        NftBatch[] attempts = [new(), new(), new()];
        attempts[0].DeleteTable(T);
        attempts[1].Add(new NftChain(T, "theirs"));
        attempts[2].DeleteChain(T, "c");
        foreach (var attempt in attempts)
        {
            var refusal = Assert.Throws<NftBatchException>(() => _other.Commit(attempt));
            Assert.Equal((Errno.EPERM, "table \"t\""), (refusal.Errno, refusal.Place));
        }

        _namespace.Run("nft flush ruleset");
        Assert.Equal("c", Assert.Single(_owner.GetChains(T)).Name);
        _owner.Commit(attempts[0]);
        Assert.Null(_owner.TryGetTable(T));
    }

    [Fact]
    public void It_dies_with_its_owner()
    {
        Make(_owner, NftTableFlags.Owner);
        _owner.Dispose();
        Assert.Null(_other.TryGetTable(T));
    }

    [Fact]
    public void A_persistent_one_outlives_its_owner_and_is_adopted()
    {
        const NftTableFlags Flags = NftTableFlags.Owner | NftTableFlags.Persist;
        if (!GuestKernel.HasPersistentTables)
        {
            var refusal = Assert.Throws<NftBatchException>(() => Make(_owner, Flags));
            Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
            return;
        }

        Make(_owner, Flags);
        var table = _other.TryGetTable(T)!;
        Assert.Equal((Flags, _owner.Port), (table.Flags, table.Owner));
        Assert.Equal(Errno.EPERM, Assert.Throws<NftBatchException>(() => Make(_other, Flags)).Errno);

        _owner.Dispose();
        var orphan = _other.TryGetTable(T)!;
        Assert.Equal((NftTableFlags.Persist, 0u, table.Handle), (orphan.Flags, orphan.Owner, orphan.Handle));

        Make(_other, Flags);
        var adopted = _other.TryGetTable(T)!;
        Assert.Equal((Flags, _other.Port, table.Handle), (adopted.Flags, adopted.Owner, adopted.Handle));
    }

    [Fact]
    public void A_plain_table_cannot_be_taken()
    {
        Make(_owner, NftTableFlags.None);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<NftBatchException>(() => Make(_other, NftTableFlags.Owner)).Errno);
    }

    private static void Make(NftClient client, NftTableFlags flags)
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T) { Flags = flags });
        batch.Add(new NftChain(T, "c"));
        client.Commit(batch);
    }
}
