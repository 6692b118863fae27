using Flowtabled.Daemon;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Daemon;

public sealed class StateFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-state").FullName;
    private readonly StateFile _file;

    public StateFileTests() => _file = new StateFile(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        var state = State(Environment.ProcessId) with
        {
            Port = uint.MaxValue,
            PlainTable = true,
            Passes = 12,
            Batches = 3,
            Refusals = 4,
            Resyncs = 1,
            ConfigReads = 2,
            Problems = ["firewall: no", "network: two\nlines"],
            Refusal = "add table: EPERM",
            Distrust = "no trial",
            Watch = new(1, 2, 3, new(4, 5), new(6, 7), new(8, ulong.MaxValue)),
        };
        _file.Write(state);
        var read = _file.ReadIfRunning()!;
        Assert.Equal(["firewall: no", "network: two lines"], read.Problems);
        Assert.Equal(state with { Problems = read.Problems, Health = read.Health }, read);
    }

    [Fact]
    public void How_connections_fare_in_hardware_is_read()
    {
        var health = new HardwareReport(
            new HardwareFlows(null, 5, 1, 0, 2, 3),
            [new HardwareFlows("pppoe-wan", 4, 1, 0, 2, 3)],
            IsMeasured: true,
            [new Finding(FindingSeverity.Warning, "hardware_full", "it is full, it seems"), new Finding(FindingSeverity.Info, "x", "y", "wan")],
            null);
        _file.Write(State(Environment.ProcessId) with { Health = health });
        var read = _file.ReadIfRunning()!.Health;
        Assert.True(read.HasSameCounts(health));
        Assert.Equal(health.Findings, read.Findings);
    }

    [Fact]
    public void What_others_exclude_is_read()
    {
        _file.Write(State(Environment.ProcessId) with
        {
            Exclusions =
            [
                new NamedExclusion("sqm", ["wan", "lan"]),
                new NamedExclusion("game", [])
                {
                    Hosts = [HostRange.TryParse("192.0.2.1")!, HostRange.TryParse("2001:db8::/32")!],
                    Ports = [new PortRange(443, 443), new PortRange(5000, 6000)],
                },
            ],
        });
        Assert.Equal(["sqm: wan lan; ; ", "game: ; 192.0.2.1 2001:db8::/32; 443 5000-6000"], _file.ReadIfRunning()!.Exclusions.Select(Text));
    }

    [Theory]
    [InlineData("/ /", "")]
    [InlineData("a", "a: ; ; ")]
    [InlineData("a b / c 192.0.2.1 / d 5 / 6 7-6", "a: b; 192.0.2.1; 5 6")]
    public void Of_a_malformed_exclusion_what_can_be_read_is(string line, string expected) => Assert.Equal(
        expected, string.Concat(DaemonState.Parse($"program 0.1.0\npid 1\nstarted_at 1\nexclusion {line}\n")!.Exclusions.Select(Text)));

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3 4 5 6 7 8")]
    [InlineData("1 2 3 4 5 6 7 8 -9")]
    [InlineData("1 2 3 4 5 6 7 8 9 10")]
    public void Half_a_line_of_what_was_watched_is_none(string line) =>
        Assert.Null(DaemonState.Parse($"program 0.1.0\npid 1\nstarted_at 1\nwatch {line}\n")!.Watch);

    [Theory]
    [InlineData("flows lan 1 2 3 4")]
    [InlineData("flows lan 1 2 3 4 -5")]
    [InlineData("finding 3 code - message")]
    [InlineData("finding 1 code -")]
    public void Half_a_line_of_that_is_left_out(string line)
    {
        var read = DaemonState.Parse($"program 0.1.0\npid 1\nstarted_at 1\n{line}\n")!.Health;
        Assert.True(read.HasSameCounts(HardwareReport.Nothing));
        Assert.Empty(read.Findings);
    }

    [Fact]
    public void Nobody_runs_without_a_file_or_after_it_was_removed()
    {
        Assert.Null(_file.ReadIfRunning());
        _file.Write(State(Environment.ProcessId));
        _file.Remove();
        Assert.Null(_file.ReadIfRunning());
    }

    [Fact]
    public void A_file_that_a_crash_left_behind_is_not_believed()
    {
        _file.Write(State(pid: 1)); // init, whatever it is called.
        Assert.Null(_file.ReadIfRunning());
        _file.Write(State(pid: int.MaxValue));
        Assert.Null(_file.ReadIfRunning());
    }

    [Fact]
    public void Another_versions_file_is_left_alone()
    {
        _file.Write(State(Environment.ProcessId) with { Program = "0.0.1" });
        Assert.Null(_file.ReadIfRunning());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("program 0.1.0\npid many\nstarted_at 1\n")]
    [InlineData("program 0.1.0\npid 1\n")]
    public void Half_a_file_is_none(string text) => Assert.Null(DaemonState.Parse(text));

    private static string Text(NamedExclusion exclusion) =>
        $"{exclusion.Name}: {string.Join(' ', exclusion.Devices)}; {string.Join(' ', exclusion.HostTexts)}; {string.Join(' ', exclusion.PortTexts)}";

    private static DaemonState State(int pid) => new() { Program = BuildVersion.Current.Number, Pid = pid, StartedAt = 30 };
}
