using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>What a run of tests/lab/traffic counted; of the gaps between two answers the longest, in milliseconds.</summary>
internal sealed record TrafficResult(int Sent, int Received, int Lost, double MaxGap);

/// <summary>Requests of a client to a server, paced and counted (tests/lab/traffic).</summary>
internal sealed class Traffic : IDisposable
{
    private readonly BackgroundProcess _process;

    /// <param name="address">The server's.</param>
    /// <param name="options">Those of <c>traffic request</c>, separated by blanks.</param>
    /// <param name="client">The namespace that asks.</param>
    public Traffic(string address, string options = "", string client = "client") => _process = new BackgroundProcess(
        ["ip", "netns", "exec", client, LabFiles.Traffic, "request", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), address]);

    /// <summary>Waits until the connection is established.</summary>
    public void AwaitRunning() => _process.AwaitLine("\"running\"");

    /// <summary>Waits until every request was answered or given up.</summary>
    public TrafficResult AwaitDone()
    {
        using var json = JsonDocument.Parse(_process.AwaitLine("\"done\"", TimeSpan.FromSeconds(60)));
        var done = json.RootElement;
        return new TrafficResult(Number("sent"), Number("received"), Number("lost"), done.GetProperty("max_gap_ms").GetDouble());

        int Number(string name) => done.GetProperty(name).GetInt32();
    }

    /// <summary>Ends traffic without an end of its own, and takes its result.</summary>
    public TrafficResult Stop()
    {
        _process.Signal("TERM");
        return AwaitDone();
    }

    public void Dispose() => _process.Dispose();
}
