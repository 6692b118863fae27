using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Engine.Health;
using Flowtabled.Logging;
using Flowtabled.Native;

namespace Flowtabled.Tests.Daemon;

/// <summary>When the record of the trial is written, and when it is not.</summary>
public sealed class TrialRunTests : IDisposable
{
    private static readonly TrialSubject Subject = new("6.12", "hw auto", ["lan mtk", "wan mtk"]);

    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-trial").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly LogdLoggerProvider _log;
    private readonly TrialFile _file;
    private readonly TrialRun _run;

    public TrialRunTests()
    {
        _log = new LogdLoggerProvider(_output, _error);
        _file = new TrialFile(Path.Combine(_root, "flowtabled", "hw-trial"));
        _run = new TrialRun(_file, _log.CreateLogger("test"));
    }

    public void Dispose()
    {
        _log.Dispose();
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void It_passes_after_its_time_and_is_not_written_again()
    {
        Assert.Null(_run.Record(Begin()));
        Assert.Equal(TrialState.Running, _file.Read().Trial!.State);
        Assert.Null(_run.DueIn(0));

        _run.Stand(600, now: 1_000);
        Assert.Equal(600_000, _run.DueIn(1_000));
        _run.Stand(600, now: 600_999);
        Assert.Equal(1, _run.DueIn(600_999));
        Assert.Equal(TrialState.Running, _file.Read().Trial!.State);
        _run.Stand(600, now: 601_000);

        Assert.Equal(TrialState.Passed, _file.Read().Trial!.State);
        Assert.Null(_run.DueIn(601_000));
        File.Delete(_file.FilePath);
        Assert.Null(_run.Record(Begin()));
        _run.Stand(600, now: 2_000_000);
        _run.End();
        Assert.False(File.Exists(_file.FilePath));
        Assert.Equal("hardware goes on trial: lan mtk, wan mtk\nhardware has passed its trial of 600 s\n", _output.ToString());
    }

    [Fact]
    public void While_something_is_wrong_with_it_it_does_not_pass()
    {
        _run.Record(Begin());
        _run.Stand(600, now: 0);
        _run.Unwell();
        Assert.Null(_run.DueIn(600_000));

        _run.Stand(600, now: 600_000);
        Assert.Equal(600_000, _run.DueIn(600_000));
        Assert.Equal(TrialState.Running, _file.Read().Trial!.State);
    }

    [Fact]
    public void A_change_of_its_length_holds_at_once()
    {
        _run.Record(Begin());
        _run.Stand(600, now: 0);
        _run.Stand(10, now: 20_000);

        Assert.Equal(TrialState.Passed, _file.Read().Trial!.State);
    }

    [Fact]
    public void An_end_in_order_leaves_no_record()
    {
        _run.Record(Begin());
        _run.End();

        Assert.False(File.Exists(_file.FilePath));
        Assert.Null(_run.Recorded);
    }

    [Theory]
    [InlineData(TrialState.Running)]
    [InlineData(TrialState.Distrusted)]
    public void What_another_boot_left_stays_until_hardware_is_used(TrialState state)
    {
        _file.Write(new HardwareTrial(Subject, "another boot", state, 2));
        _run.Adopt(_file.Read().Trial);
        _run.Stand(0, now: 0);
        _run.End();

        Assert.True(File.Exists(_file.FilePath));
    }

    [Fact]
    public void A_record_that_was_forgotten_begins_anew()
    {
        _run.Record(Begin());
        _run.Stand(600, now: 0);
        _file.Remove();

        _run.Adopt(_file.Read().Trial);
        Assert.Null(_run.Record(Begin()));
        _run.Stand(600, now: 300_000);

        Assert.Equal(600_000, _run.DueIn(300_000));
        Assert.True(File.Exists(_file.FilePath));
    }

    [Fact]
    public void What_cannot_be_recorded_says_why()
    {
        File.WriteAllText(Path.Combine(_root, "flowtabled"), "a file where the directory should be");

        Assert.StartsWith($"{_file.FilePath}: ", _run.Record(Begin()), StringComparison.Ordinal);
        Assert.Null(_run.Recorded);
        _run.Stand(0, now: 0);
        _run.End();
        Assert.Equal("", _output.ToString() + _error);
    }

    [Fact]
    public void One_that_has_passed_and_cannot_be_recorded_is_tried_again_later()
    {
        _run.Record(Begin());
        _run.Stand(600, now: 0);
        Directory.CreateDirectory(_file.FilePath + ".new");

        _run.Stand(600, now: 600_000);

        Assert.Contains("cannot be recorded: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(TrialState.Running, _run.Recorded!.State);
        Directory.Delete(_file.FilePath + ".new");
        _run.Stand(600, now: 600_001);
        Assert.Equal(600_000, _run.DueIn(600_001));
        _run.Stand(600, now: 1_200_001);
        Assert.Equal(TrialState.Passed, _file.Read().Trial!.State);
    }

    [Fact]
    public void One_of_which_a_record_that_was_put_back_says_that_it_has_passed_is_waited_for_no_more()
    {
        _run.Record(Begin());
        _run.Stand(600, now: 0);
        _file.Write(Begin().Pass());

        _run.Adopt(_file.Read().Trial);
        Assert.Null(_run.Record(Begin()));
        _run.Stand(600, now: 300_000);

        Assert.Null(_run.DueIn(600_000)); // 0 would be a pass, and another, without end.
    }

    private HardwareTrial Begin() => HardwareTrial.Begin(_run.Recorded, Subject, BootId.Current);
}
