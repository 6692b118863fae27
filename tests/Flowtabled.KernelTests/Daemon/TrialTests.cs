using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>Hardware is on trial until it has been well for a while. tests/lab/prove-trial does the same with guests that are really killed.</summary>
public sealed class TrialTests
{
    private static readonly string[] InHardware = ["fts0 1", "fts1 1"];
    private static readonly string[] InSoftware = ["fts0 0", "fts1 0"];

    [Fact]
    public void Two_ends_without_order_are_enough_and_hw_retry_begins_anew()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var boots = new Boots(topology);

        using (var first = new RunningDaemon(topology))
        {
            first.Process.AwaitLine("hardware goes on trial: lan fttest, wan fttest");
            Assert.Equal(["running", "1"], Record(topology));
            boots.Crash(first);
        }

        using (var second = new RunningDaemon(topology))
        {
            Assert.Equal(InHardware, SwitchChip.Bound);
            Assert.Equal(["running", "2"], Record(topology));
            boots.Crash(second);
        }

        // Without the daemon the commands know it too.
        const string finding = "hardware is not used: 2 times in a row the system went down without an orderly end while hardware was on trial; "
            + "'flowtabled hw retry' tries it again";
        Assert.Contains(finding, ProgramCall.Run(topology, "plan").Output, StringComparison.Ordinal);

        using var third = new RunningDaemon(topology);
        third.Process.AwaitLine(finding);
        Assert.Equal(InSoftware, SwitchChip.Bound);
        Assert.Equal("lan wan", Topology.FlowtableDevices());
        Assert.Equal(["distrusted", "2"], Record(topology));
        var status = ProgramCall.Run(topology, "status --json").Json;
        Assert.Equal("distrusted", status.GetProperty("trial").GetProperty("state").GetString());
        Assert.Contains(status.GetProperty("findings").EnumerateArray(), static found => found.GetProperty("code").GetString() == "hardware_distrusted");
        Assert.All(
            status.GetProperty("devices").EnumerateArray(),
            static device => Assert.Equal("distrusted", device.GetProperty("hardware").GetProperty("code").GetString()));
        Assert.Contains(
            ProgramCall.Run(topology, "doctor --json --uncommitted-dir /nowhere").Json.GetProperty("checks").EnumerateArray(),
            static check => check.GetProperty("message").GetString() == finding);

        using var flow = new RunningFlow();
        var retry = ProgramCall.Run(topology, "hw retry");
        Assert.Equal(
            new ProgramCall(0, $"the trial of hardware is forgotten\nthe daemon (pid {third.Process.Id}) read its configuration again: applied\n", ""),
            retry);
        Assert.Equal(InHardware, SwitchChip.Bound);
        Assert.Equal(["running", "1"], Record(topology));
        flow.WasNotDisturbed(); // Only what begins now tries hardware that was not trusted.
    }

    [Fact]
    public void Passed_or_ended_in_order_it_is_used_again_and_nothing_is_written()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var boots = new Boots(topology);

        // Ended in order, over and over.
        for (var i = 0; i < 3; i++)
        {
            using var daemon = new RunningDaemon(topology, i == 1 ? "--keep" : "");
            Assert.Equal(InHardware, SwitchChip.Bound);
            Assert.Equal(0, daemon.Stop());
            Assert.False(File.Exists(RecordPath(topology)));
            boots.Next();
        }

        // Passed.
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption hw_trial '1'\n");
        using (var daemon = new RunningDaemon(topology))
        {
            daemon.Process.AwaitLine("hardware has passed its trial of 1 s");
            Assert.Equal(["passed", "1"], Record(topology));
            boots.Crash(daemon);
        }

        var before = Listing(topology);
        for (var i = 0; i < 3; i++)
        {
            using var daemon = new RunningDaemon(topology);
            Assert.Equal(InHardware, SwitchChip.Bound);
            if (i == 0)
            {
                Assert.Equal(0, daemon.Stop());
                boots.Next();
            }
            else
            {
                boots.Crash(daemon);
            }
        }

        Assert.Equal(before, Listing(topology));
    }

    [Fact]
    public void A_crash_of_the_daemon_alone_is_no_mark_against_hardware()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        for (var i = 0; i < 4; i++)
        {
            using var daemon = new RunningDaemon(topology);
            Assert.Equal(InHardware, SwitchChip.Bound);
            daemon.Kill();
        }

        Assert.Equal(["running", "1"], Record(topology));
    }

    [Fact]
    public void What_is_tried_and_what_is_not_follows_the_configuration()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        using var daemon = new RunningDaemon(topology);
        Assert.Equal(["running", "1"], Record(topology));

        // Hardware off: nothing that a crash could be blamed on.
        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption hw 'off'\n");
        SwitchChip.AwaitBound(0);
        Eventually.Is(() => !File.Exists(RecordPath(topology)), "the record is gone");

        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption hw_trial '0'\n");
        SwitchChip.AwaitBound(1);
        Assert.False(File.Exists(RecordPath(topology)));

        topology.Commit("flowtabled", "config flowtabled 'main'\n\toption hw_shaped 'allow'\n");
        Eventually.Is(() => File.Exists(RecordPath(topology)), "it is on trial");
        Assert.Contains("options hw auto, hw_shaped allow", File.ReadAllText(RecordPath(topology)), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_trial_cannot_be_recorded_hardware_is_not_used()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        var directory = Path.GetDirectoryName(RecordPath(topology))!;
        Directory.CreateDirectory(directory);
        Command.Run("mount", "-t", "tmpfs", "-o", "size=4k", "none", directory);
        try
        {
            File.WriteAllBytes(Path.Combine(directory, "all"), new byte[4096]);
            using var daemon = new RunningDaemon(topology);
            Assert.Equal(InSoftware, SwitchChip.Bound);
            Assert.Equal("lan wan", Topology.FlowtableDevices());
            var reason = $"its trial cannot be recorded ({RecordPath(topology)}: No space left on device";
            Assert.Contains(reason, daemon.Process.AwaitLine("hardware is not used"), StringComparison.Ordinal);
            Assert.Contains(reason, ProgramCall.Run(topology, "plan").Output, StringComparison.Ordinal);
            Assert.Contains(reason, ProgramCall.Run(topology, "status --json").Output, StringComparison.Ordinal);

            Command.Run("mount", "-o", "remount,ro", directory);
            daemon.Process.Signal("HUP");
            daemon.Process.AwaitLine("Read-only file system");
            Assert.Equal(InSoftware, SwitchChip.Bound);

            Command.Run("mount", "-o", "remount,rw,size=64k", directory);
            Assert.Equal(0, ProgramCall.Run(topology, "hw retry").Status);
            Assert.Equal(InHardware, SwitchChip.Bound);
            Assert.Equal(["running", "1"], Record(topology));

            Command.Run("mount", "-o", "remount,ro", directory);
            Assert.Equal(0, daemon.Stop());
            daemon.Process.AwaitLine("how the trial of hardware goes cannot be recorded: ");
        }
        finally
        {
            Command.Run("umount", directory);
        }
    }

    [Fact]
    public void A_record_that_is_none_begins_the_trial_anew()
    {
        using var topology = new Topology("--nat --chip lan,wan");
        topology.WantHardware();
        Directory.CreateDirectory(Path.GetDirectoryName(RecordPath(topology))!);
        File.WriteAllText(RecordPath(topology), "kernel 6.12\noptions hw auto\nport lan\nboot x\nstate dist");
        using var daemon = new RunningDaemon(topology);

        daemon.Process.AwaitLine($"{RecordPath(topology)}, line 5: this is not what flowtabled wrote");
        Assert.Equal(InHardware, SwitchChip.Bound);
        Assert.Equal(["running", "1"], Record(topology));
    }

    private static string RecordPath(Topology topology) => Path.GetFullPath(Path.Combine(topology.ConfigDirectory, "../flowtabled/hw-trial"));

    // State and starts.
    private static string[] Record(Topology topology) => [.. File.ReadAllLines(RecordPath(topology))[^2..].Select(static line => line.Split(' ')[1])];

    // Everything that outlives a boot, and when it was last written.
    private static string[] Listing(Topology topology) =>
    [
        .. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(topology.ConfigDirectory)!, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(topology.RunDirectory, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static path => $"{path} {File.GetLastWriteTimeUtc(path):O}"),
    ];

    /// <summary>Boots of the router, as far as they matter here: the kernel's name for each, and what does not outlive one.</summary>
    private sealed class Boots : IDisposable
    {
        private const string BootId = "/proc/sys/kernel/random/boot_id";

        private readonly Topology _topology;
        private readonly string _file;
        private int _count;

        public Boots(Topology topology)
        {
            _topology = topology;
            _file = Path.Combine(topology.RunDirectory, "boot_id");
            Write();
            Command.Run("mount", "--bind", _file, BootId);
        }

        /// <summary>The power goes.</summary>
        public void Crash(RunningDaemon daemon)
        {
            daemon.Kill();
            Next();
        }

        public void Next()
        {
            foreach (var table in (string[])["flowtabled", "flowtabled_hw"])
                Command.Try("ip", "netns", "exec", "router", "nft", "delete", "table", "inet", table);
            if (Directory.Exists(Path.Combine(_topology.RunDirectory, "flowtabled")))
                Directory.Delete(Path.Combine(_topology.RunDirectory, "flowtabled"), recursive: true);
            Write();
        }

        public void Dispose()
        {
            Command.Run("umount", BootId);
            File.Delete(_file);
        }

        private void Write() => File.WriteAllText(_file, $"boot-{++_count}\n");
    }
}
