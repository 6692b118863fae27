using System.Diagnostics;
using System.Text;

namespace Flowtabled.KernelTests.Lab;

/// <summary>A program that runs beside the test; its output is kept line by line.</summary>
internal sealed class BackgroundProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private int _openStreams = 2;

    public BackgroundProcess(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>The most bytes of memory that it had resident.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>What it has printed so far, both streams.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>All of it, for a message.</summary>
    public string Output => string.Join('\n', Lines);

    /// <summary>Waits for a line with <paramref name="part"/> in it.</summary>
    public string AwaitLine(string part, TimeSpan? limit = null)
    {
        string? found = null;
        Eventually.Is(
            () => (found = Array.Find(Lines, line => line.Contains(part, StringComparison.Ordinal))) is not null || IsSilent,
            $"a line with '{part}'",
            limit,
            () => Output);
        return found ?? throw new InvalidOperationException($"it ended without a line with '{part}'");
    }

    /// <summary>Sends a signal by name: TERM, HUP, KILL, STOP.</summary>
    public void Signal(string name) => Command.Run("kill", "-" + name, $"{Id}");

    /// <summary>Waits for its end; its exit status, 128 + n after signal n.</summary>
    public int AwaitEnd()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(20) * Guest.Slowness), $"it does not end:\n{Output}");
        _process.WaitForExit(); // For the last of its output.
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    // It may have ended before the last of its output was read.
    private bool IsSilent
    {
        get
        {
            lock (_lines)
                return _openStreams == 0 && _lines.Count == 0;
        }
    }

    private void Keep(string? line)
    {
        lock (_lines)
        {
            if (line is null)
                _openStreams--;
            else
                _lines.Add(line);
        }
    }
}
