using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled metrics</c> of a router with traffic.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void They_say_what_the_kernel_says_with_the_daemon_and_without()
    {
        using var topology = new Topology("--nat");
        using (var daemon = new RunningDaemon(topology))
        {
            Topology.InRouter("conntrack", "-F"); // What was there before would end some time.
            using var flow = new RunningFlow();
            daemon.AwaitCalm();
            var call = ProgramCall.Run(topology, "metrics");

            Assert.Equal((0, ""), (call.Status, call.Error));
            Assert.EndsWith("\n# EOF\n", call.Output, StringComparison.Ordinal);
            var values = Values(call.Output);
            Assert.Equal(values.Values, Checker.ReadMetrics(call.Output, isOpenMetrics: true));
            Assert.Equal("1", values["flowtabled_up"]);
            Assert.Equal("1", values["flowtabled_flows{path=\"software\"}"]);
            Assert.Equal(Offloads(), values["flowtabled_offloaded_flows_total"]);
            Assert.Equal("1", values[$"flowtabled_table_state{{state=\"{(GuestKernel.HasPersistentTables ? "ours" : "plain")}\"}}"]);
            Assert.Equal("1", values["flowtabled_device_info{device=\"lan\",zone=\"lan\",code=\"port\"}"]);
            Assert.Equal(Topology.InRouter("sysctl", "-n", "net.netfilter.nf_conntrack_max").Trim(), values["flowtabled_conntrack_entries_limit"]);
            Assert.Equal(Topology.InRouter("conntrack", "-C").Trim(), values["flowtabled_conntrack_entries"]);
        }

        var without = Values(ProgramCall.Run(topology, "metrics").Output);

        Assert.Equal("0", without["flowtabled_up"]);
        Assert.DoesNotContain("flowtabled_passes_total", without.Keys);
        Assert.Equal(Offloads(), without["flowtabled_offloaded_flows_total"]); // Its table outlives a crash.
    }

    [Fact]
    public void A_file_is_replaced_whole_or_not_at_all()
    {
        using var topology = new Topology("");
        var directory = Directory.CreateTempSubdirectory("flowtabled-prom").FullName;
        Command.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory);
        try
        {
            var file = Path.Combine(directory, "flowtabled.prom");
            var call = ProgramCall.Run(topology, $"metrics --output {file}");

            Assert.Equal(new ProgramCall(0, "", ""), call);
            var first = File.ReadAllText(file);
            Assert.Contains("\n# TYPE flowtabled_up gauge\nflowtabled_up 0\n", first, StringComparison.Ordinal);
            Assert.DoesNotContain("# EOF", first, StringComparison.Ordinal);
            Assert.Equal(Values(first).Values, Checker.ReadMetrics(first, isOpenMetrics: false));

            Command.Run("sh", "-c", $"cat /dev/zero > {directory}/full || true");
            Assert.Equal(
                new ProgramCall(1, "", $"flowtabled metrics: cannot write {file}: No space left on device\n"),
                ProgramCall.Run(topology, $"metrics --output {file}"));
            Command.Run("mount", "-o", "remount,ro", directory);
            Assert.Equal(
                new ProgramCall(1, "", $"flowtabled metrics: cannot write {file}: Read-only file system\n"),
                ProgramCall.Run(topology, $"metrics --output {file}"));
            Assert.Equal(first, File.ReadAllText(file));
            Assert.Equal([file, $"{directory}/full"], Directory.GetFiles(directory).Order());
        }
        finally
        {
            Command.Run("umount", directory);
        }
    }

    // Some kernels take a connection out again, and it is offloaded once more: what counts is what the rule's counter says.
    private static string Offloads()
    {
        const string rule = "flow add @sw counter packets ";
        var table = Topology.InRouter("nft", "list", "table", "inet", "flowtabled");
        var from = table.IndexOf(rule, StringComparison.Ordinal) + rule.Length;
        return table[from..table.IndexOf(' ', from)];
    }

    private static Dictionary<string, string> Values(string text) => text.Split('\n')
        .Where(static line => line.Length > 0 && line[0] != '#')
        .ToDictionary(static line => line[..line.LastIndexOf(' ')], static line => line[(line.LastIndexOf(' ') + 1)..]);
}
