using System.Globalization;

namespace Flowtabled.KernelTests.Lab;

/// <summary><c>flowtabled run</c>, as it is shipped, in the router's namespace.</summary>
internal sealed class RunningDaemon : IDisposable
{
    private readonly string _stateFile;
    private readonly BackgroundProcess _process;

    /// <param name="topology">Its router.</param>
    /// <param name="options">Further options, separated by blanks.</param>
    /// <param name="wrapper">What runs it, separated by blanks.</param>
    /// <param name="program">Where it is, if it is not the published one itself.</param>
    public RunningDaemon(Topology topology, string options = "", string wrapper = "", string? program = null)
    {
        _stateFile = Path.Combine(topology.RunDirectory, "flowtabled", "state");
        _process = new BackgroundProcess(
        [
            "ip", "netns", "exec", "router",
            .. wrapper.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            program ?? PublishedBinary.Path, "run",
            "--config-dir", topology.ConfigDirectory, "--run-dir", topology.RunDirectory,
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);
        Eventually.Is(() => _process.HasEnded || (OurState() && Passes > 0), "the first pass", otherwise: () => _process.Output);
    }

    public BackgroundProcess Process => _process;

    public string[] Log => _process.Lines;

    /// <summary>Comparisons of what is with what should be.</summary>
    public int Passes => Number("passes");

    /// <summary>Batches sent.</summary>
    public int Batches => Number("batches");

    /// <summary>How often it read the configuration.</summary>
    public int ConfigReads => Number("config_reads");

    /// <summary>Why it keeps out of hardware; null while it does not, or not by its own finding.</summary>
    public string? Distrust => Values("distrust") is [var reason] ? reason : null;

    /// <summary>What it has to say of hardware: when this has changed, its status tells something new.</summary>
    public string HardwareNews => string.Join('\n', [.. Values("distrust"), .. Values("finding"), .. Values("flows")]);

    /// <summary>Does something and waits until nothing more follows from it; the passes and batches that it took.</summary>
    public (int Passes, int Batches) Cost(Action action)
    {
        var (passes, batches) = (Passes, Batches);
        action();
        AwaitCalm();
        return (Passes - passes, Batches - batches);
    }

    /// <summary>Waits until half a second has gone by without a pass.</summary>
    public void AwaitCalm()
    {
        var last = -1;
        Eventually.Is(
            () =>
            {
                var before = last;
                last = Passes;
                Thread.Sleep(500);
                return before == Passes;
            },
            "no more passes");
    }

    /// <summary>Ends it with SIGTERM; its exit status.</summary>
    public int Stop()
    {
        _process.Signal("TERM");
        return _process.AwaitEnd();
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill()
    {
        _process.Signal("KILL");
        _process.AwaitEnd();
    }

    public void Dispose() => _process.Dispose();

    private bool OurState() => File.Exists(_stateFile) && Number("pid") == _process.Id;

    private int Number(string name) => Values(name) is [var value, ..]
        ? int.Parse(value, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"no '{name}' in {_stateFile}");

    private string[] Values(string name) =>
        [.. File.ReadLines(_stateFile).Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..])];
}
