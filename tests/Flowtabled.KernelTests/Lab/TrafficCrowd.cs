using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>Many connections at a time, each with paced and counted requests (tests/lab/traffic), from one namespace.</summary>
internal sealed class TrafficCrowd : IDisposable
{
    /// <summary>Requests of each connection.</summary>
    public const int PerSecond = 5;

    private readonly BackgroundProcess _process;
    private readonly int _count;

    /// <summary>Starts them, and returns when every connection is established.</summary>
    /// <param name="count">How many connections.</param>
    /// <param name="address">Where to.</param>
    /// <param name="options">Those of <c>traffic request</c>, separated by blanks.</param>
    /// <param name="client">The namespace that asks.</param>
    public TrafficCrowd(int count, string address, string options = "", string client = "client")
        : this(count, [$"--rate {PerSecond} {options} {address}"], client)
    {
    }

    /// <summary>The same, for connections of several kinds.</summary>
    /// <param name="count">How many connections of each kind.</param>
    /// <param name="requests">The kinds: options of <c>traffic request</c>, a rate among them, and the address.</param>
    /// <param name="client">The namespace that asks.</param>
    public TrafficCrowd(int count, string[] requests, string client = "client")
    {
        _count = count * requests.Length;
        var starts = requests.Select(static request => $"{LabFiles.Traffic} request --count 0 {request} &");
        _process = new BackgroundProcess("ip", "netns", "exec", client, "bash", "-c", $$"""
            trap 'kill $(jobs -p)' TERM
            for i in {1..{{count}}}; do {{string.Join(' ', starts)}} sleep 0.02; done
            until wait; do :; done
            """);
        try
        {
            Eventually.Is(() => Lines("running").Length == _count, $"{_count} connections", TimeSpan.FromSeconds(60), () => _process.Output);
        }
        catch
        {
            Dispose(); // Those that run would disturb every later test.
            throw;
        }
    }

    /// <summary>How many have ended though nobody stopped them.</summary>
    public int Broken => Lines("done").Length;

    /// <summary>What each of them printed so far.</summary>
    public string Report => _process.Output;

    /// <summary>Ends it. What all of them sent, lost and sent again; a connection that broke fails the test.</summary>
    public (int Sent, int Lost, int Retransmits) Stop()
    {
        _process.Signal("TERM");
        Eventually.Is(() => Lines("done").Length == _count, $"{_count} results", TimeSpan.FromSeconds(60), () => _process.Output);
        var (sent, lost, retransmits) = (0, 0, 0);
        foreach (var line in Lines("done"))
        {
            using var json = JsonDocument.Parse(line);
            var result = json.RootElement;
            Assert.Null(result.GetProperty("error").GetString());
            sent += result.GetProperty("sent").GetInt32();
            lost += result.GetProperty("lost").GetInt32();
            if (result.GetProperty("lost").GetInt32() > 0)
                TestContext.Current.TestOutputHelper?.WriteLine(line);
            retransmits += result.GetProperty("retransmits").GetInt32();
        }

        return (sent, lost, retransmits);
    }

    public void Dispose() => _process.Dispose();

    private string[] Lines(string state) => Array.FindAll(_process.Lines, line => line.Contains($"\"{state}\"", StringComparison.Ordinal));
}
