using System.Diagnostics;
using Flowtabled.Ubus;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Flowtabled.Tests.Ubus;

/// <summary>A connection of ours and what it tells, polled by the test's own thread.</summary>
internal sealed class UbusEnd : IUbusListener, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public UbusEnd(TestUbusd ubusd) => Connection = new UbusConnection(["/nonexistent/ubus.sock", ubusd.SocketPath], this);

    public UbusConnection Connection { get; }

    /// <summary>How often it was connected.</summary>
    public int Connects { get; private set; }

    /// <summary>Why it was not any more.</summary>
    public List<string> Losses { get; } = [];

    public List<string> Refusals { get; } = [];

    /// <summary>Serves the connection, and others, until something holds.</summary>
    public void Until(Func<bool> condition, params UbusEnd[] others)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); Assert.True(waited.Elapsed < Patience, "it does not happen"))
        {
            Turn(others.Length == 0 ? 5 : 1);
            foreach (var other in others)
                other.Turn(0);
        }
    }

    /// <summary>Calls a method and waits for the end of it.</summary>
    public (UbusStatus Status, string? Answer) Call(string path, string method, string json = "{}", int timeout = 10_000, params UbusEnd[] others)
    {
        var parameters = new BlobBuffer();
        BlobJson.Add(new BlobWriter(parameters), System.Text.Encoding.UTF8.GetBytes(json));
        (UbusStatus? status, string? answer) = (null, null);
        Connection.Invoke(
            path, method, parameters, (scoped in UbusMessage message) => answer = BlobText.Of(message.Data), ended => status = ended, timeout);
        Until(() => status is not null, others);
        return (status!.Value, answer);
    }

    public void Connected() => Connects++;

    public void Lost(string reason) => Losses.Add(reason);

    public void Refused(string what, UbusStatus status) => Refusals.Add($"{what}: {status}");

    public void Dispose() => Connection.Dispose();

    private unsafe void Turn(int timeout)
    {
        var wait = new pollfd { fd = Connection.Descriptor, events = Connection.WantedEvents };
        _ = poll(&wait, 1, Math.Min(timeout, Connection.DueIn() ?? timeout));
        Connection.Serve();
    }
}
