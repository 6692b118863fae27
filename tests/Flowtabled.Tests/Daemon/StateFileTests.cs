using Flowtabled.Daemon;

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
            Resyncs = 1,
            ConfigReads = 2,
            Problems = ["firewall: no", "network: two\nlines"],
            Refusal = "add table: EPERM",
            Distrust = "no trial",
        };
        _file.Write(state);
        var read = _file.ReadIfRunning()!;
        Assert.Equal(["firewall: no", "network: two lines"], read.Problems);
        Assert.Equal(state with { Problems = read.Problems }, read);
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

    private static DaemonState State(int pid) => new() { Program = BuildVersion.Current.Number, Pid = pid, StartedAt = 30 };
}
