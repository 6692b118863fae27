using System.Net.Sockets;
using System.Text;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.KernelTests.Netlink.Nftables;

/// <summary>What the monitor hears of changes that nft and we make.</summary>
public sealed class MonitorTests : IDisposable
{
    private static readonly NftTableName T = new(NftFamily.Inet, "t");

    private readonly NetworkNamespace _namespace = new();
    private readonly NftMonitor _monitor;
    private readonly NftClient _client;
    private readonly Recorder _heard = new();

    public MonitorTests()
    {
        _monitor = _namespace.Inside(() => new NftMonitor());
        _client = _namespace.OpenNft();
    }

    public void Dispose()
    {
        _client.Dispose();
        _monitor.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void What_nft_changes_is_heard()
    {
        _namespace.Run("nft 'add table inet t; add chain inet t c; add rule inet t c counter'");
        Assert.Equal(["Table t", "Chain t", "Rule t"], Hear());
        Assert.DoesNotContain(_client.Port, _heard.Ports);

        _namespace.Run("nft 'add set inet t s { type mark; elements = { 1, 2 }; }'");
        Assert.Equal(["Set t", "Elements t", "Elements t"], Hear());

        _namespace.Run("nft flush ruleset");
        var heard = Hear();
        Assert.Equal(["no Rule t", "no Set t", "no Chain t", "no Table t"], heard.Distinct().OrderBy(text => "RSCT".IndexOf(text[3], StringComparison.Ordinal)));
        Assert.Equal("no Table t", heard[^1]);
    }

    [Fact]
    public void What_we_change_has_our_port()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(new NftFlowtable(T, "sw"));
        _client.Commit(batch);

        Assert.Equal(["Table t", "Flowtable t"], Hear());
        Assert.Equal([_client.Port], _heard.Ports.Distinct());
    }

    [Fact]
    public void What_is_refused_or_only_checked_is_not_heard()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        _client.Check(batch);
        batch.DeleteTable(T with { Name = "absent" });
        Assert.Throws<NftBatchException>(() => _client.Commit(batch));

        Assert.Empty(Hear());
    }

    [Fact]
    public void Events_that_overrun_the_buffer_are_reported_as_lost_and_reading_again_tells_the_truth()
    {
        using var socket = new Socket(new SafeSocketHandle(_monitor.Descriptor, ownsHandle: false));
        socket.ReceiveBufferSize = 1;
        var set = new NftSet(T, "s", NftSetKey.Of(NftDataType.Mark));
        var batch = new NftBatch();
        batch.Add(new NftTable(T));
        batch.Add(set);
        batch.AddElements(set, [.. Enumerable.Range(0, 2000).Select(i => new NftSetElement(NftValue.Host((uint)i)))]);
        _client.Commit(batch);

        Assert.False(_monitor.Read(_heard));
        Assert.Equal(1, _heard.Losses);
        Assert.Equal(2000, Assert.Single(_client.TryReadTable(T)!.Sets).Elements.Count);

        // What comes now is heard again.
        batch.Clear();
        batch.DeleteTable(T);
        _client.Commit(batch);
        _monitor.Read(_heard);
        batch.Clear();
        batch.Add(new NftTable(T with { Name = "u" }));
        _client.Commit(batch);
        Assert.Equal(["Table u"], Hear());
    }

    // Multicasts are queued before the request that causes them is acked.
    private List<string> Hear()
    {
        _heard.Events.Clear();
        _heard.Ports.Clear();
        Assert.True(_monitor.Read(_heard));
        return [.. _heard.Events];
    }

    private sealed class Recorder : INftListener
    {
        public List<string> Events { get; } = [];

        public List<uint> Ports { get; } = [];

        public int Losses { get; private set; }

        public void Handle(scoped in NftEvent change)
        {
            Events.Add($"{(change.IsRemoval ? "no " : "")}{change.Subject} {Encoding.Latin1.GetString(change.Table)}");
            Ports.Add(change.Port);
        }

        public void Lost() => Losses++;
    }
}
