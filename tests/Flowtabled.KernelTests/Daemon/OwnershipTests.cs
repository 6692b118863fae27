using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>What becomes of the table when other programs are after it, and when the daemon dies.</summary>
public sealed class OwnershipTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private const string Devices = "lan wan";

    /// <summary>Where no table can outlive its owner it has none, and what others do to it is put right, as below.</summary>
    [Fact]
    public void Its_table_is_safe_from_other_programs_where_the_kernel_has_tables_that_are()
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology);
        Assert.Equal(GuestKernel.HasPersistentTables, IsOwned());
        daemon.Process.AwaitLine(GuestKernel.HasPersistentTables ? ", table flags owner and persist, " : ", table flags none, ");
        if (!GuestKernel.HasPersistentTables)
            return;

        var refused = Assert.Throws<InvalidOperationException>(() => Topology.InRouter("nft", "delete", "table", "inet", "flowtabled"));
        Assert.Contains("Operation not permitted", refused.Message, StringComparison.Ordinal);
        Topology.InRouter("nft", "flush", "ruleset");
        Assert.Equal(Devices, Topology.FlowtableDevices());
        Assert.Equal(1, daemon.Batches);
    }

    [Theory]
    [InlineData("delete table inet flowtabled")]
    [InlineData("flush ruleset")]
    [InlineData("flush chain inet flowtabled forward")]
    [InlineData("insert rule inet flowtabled forward drop")]
    [InlineData("add set inet flowtabled theirs { type ipv4_addr; }")]
    public void A_plain_table_is_put_right_within_a_second(string command)
    {
        using var topology = new Topology("");
        using var daemon = new RunningDaemon(topology, GuestKernel.HasPersistentTables ? "--plain-table" : "");
        var before = Listing();
        Topology.InRouter(["nft", .. command.Split(' ', command.StartsWith("add", StringComparison.Ordinal) ? 2 : 9)]);
        Eventually.Is(() => Listing() == before, $"the table after '{command}'", Second, () => Listing() + daemon.Process.Output);
        Assert.Equal(2, daemon.Batches);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--plain-table")]
    public void After_a_crash_the_table_works_on_and_is_adopted(string options)
    {
        using var topology = new Topology("--nat");
        using var first = new RunningDaemon(topology, options);
        var owned = GuestKernel.HasPersistentTables && options.Length == 0;
        Assert.Equal(owned, IsOwned());
        using var flow = new Traffic(Topology.Server4, "--count 0 --rate 500");
        flow.AwaitRunning();
        Eventually.Is(Topology.IsOffloaded, "the flow is offloaded");
        Topology.ResetSeen();

        first.Kill();
        var handle = TableHandle();
        Assert.True(Topology.IsOffloaded());
        using var second = new RunningDaemon(topology, options);

        Assert.Equal(handle, TableHandle());
        Assert.Equal(owned ? 1 : 0, second.Batches); // Owning an orphan again takes one message; a plain table takes none.
        Assert.Equal(owned, IsOwned());
        Assert.True(Topology.IsOffloaded());
        Topology.AssertHardlySeen();
        Assert.Equal(0, flow.Stop().Lost);
    }

    /// <summary>An older kernel has one kind alone, which is taken as it is.</summary>
    [Fact]
    public void A_table_of_the_other_kind_is_replaced()
    {
        using var topology = new Topology("");
        using (var plain = new RunningDaemon(topology, "--plain-table --keep"))
            Assert.Equal(0, plain.Stop());
        using var daemon = new RunningDaemon(topology);
        Assert.Equal(GuestKernel.HasPersistentTables, IsOwned());
        Assert.Equal(GuestKernel.HasPersistentTables ? 1 : 0, daemon.Batches);
        Assert.Equal(Devices, Topology.FlowtableDevices());
    }

    [Fact]
    public void It_takes_its_table_away_unless_told_to_keep_it()
    {
        using var topology = new Topology("");
        using (var daemon = new RunningDaemon(topology))
            Assert.Equal(0, daemon.Stop());
        Assert.Equal("none", Topology.FlowtableDevices());
        Assert.False(File.Exists(Path.Combine(topology.RunDirectory, "flowtabled", "state")));

        using (var daemon = new RunningDaemon(topology, "--keep"))
            Assert.Equal(0, daemon.Stop());
        Assert.Equal(Devices, Topology.FlowtableDevices());
    }

    [Fact]
    public void A_second_daemon_does_not_start()
    {
        using var topology = new Topology("");
        using var first = new RunningDaemon(topology);
        using var second = new RunningDaemon(topology);
        Assert.Equal(1, second.Process.AwaitEnd());
        Assert.Equal($"flowtabled run: already running as process {first.Process.Id}", second.Process.Output);
    }

    [Fact]
    public void A_fatal_fault_ends_it_with_status_1_and_one_line()
    {
        using var topology = new Topology("");
        Command.Run("sysctl", "-qw", "fs.inotify.max_user_instances=0");
        try
        {
            using var daemon = new RunningDaemon(topology);
            Assert.Equal(1, daemon.Process.AwaitEnd());
            var line = Assert.Single(daemon.Log);
            Assert.StartsWith("control failed, flowtabled ends: ", line, StringComparison.Ordinal);
            Assert.Contains("inotify", line, StringComparison.Ordinal);
        }
        finally
        {
            Command.Run("sysctl", "-qw", "fs.inotify.max_user_instances=128");
        }
    }

    private static bool IsOwned() => Topology.InRouter("nft", "list", "table", "inet", "flowtabled").Contains("progname", StringComparison.Ordinal);

    private static string Listing() => Topology.InRouterShell("nft list table inet flowtabled 2>/dev/null || true");

    private static string TableHandle() => Topology.InRouterShell("nft -a list table inet flowtabled | sed -n 's/.*# handle //p' | tail -n 1");
}
