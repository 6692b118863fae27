using System.Text.Json;
using Flowtabled.Tests.Ubus;
using Flowtabled.Ubus;

namespace Flowtabled.KernelTests.Lab;

/// <summary>A router with the daemon on a bus, and somebody who calls it.</summary>
internal sealed class WatchedRouter : IDisposable
{
    private readonly TestUbusd _ubusd;
    private readonly UbusEnd _client;

    /// <param name="options">Those of <c>topology up</c>.</param>
    /// <param name="config">More of /etc/config/flowtabled's main section.</param>
    /// <param name="isHardwareWanted">Whether hardware is to be used.</param>
    public WatchedRouter(string options, string config = "", bool isHardwareWanted = false)
    {
        Topology = new Topology(options);
        Topology.Commit("flowtabled", $"config flowtabled 'main'\n{config}");
        if (isHardwareWanted)
            Topology.WantHardware();
        _ubusd = new TestUbusd(Path.Combine(Topology.RunDirectory, "ubus"));
        _client = new UbusEnd(_ubusd);
        Daemon = new RunningDaemon(Topology);
        _client.Until(() => _ubusd.SignatureOf("flowtabled") is not null && _client.Connection.IsConnected);
    }

    public Topology Topology { get; }

    public RunningDaemon Daemon { get; }

    /// <summary>The last notification <c>flows</c>, after <see cref="Subscribe"/>.</summary>
    public JsonElement? Heard { get; private set; }

    /// <summary>Calls a method that must answer.</summary>
    public JsonElement Call(string method, string parameters = "{}")
    {
        var (status, answer) = _client.Call("flowtabled", method, parameters);
        Assert.Equal(UbusStatus.Ok, status);
        using var json = JsonDocument.Parse(answer!);
        return json.RootElement.Clone();
    }

    /// <summary>How a call ends.</summary>
    public UbusStatus Try(string method, string parameters) => _client.Call("flowtabled", method, parameters).Status;

    /// <summary>Subscribes to the daemon, and waits for what it says then.</summary>
    public void Subscribe()
    {
        _client.Connection.Subscribe("flowtabled", Hear, static () => { });
        Until(() => Heard is not null);
    }

    /// <summary>Listens until something holds.</summary>
    public void Until(Func<bool> condition) => _client.Until(condition);

    private void Hear(ReadOnlySpan<byte> name, BlobReader data)
    {
        if (!name.SequenceEqual("flows"u8))
            return;
        using var json = JsonDocument.Parse(BlobText.Of(data));
        Heard = json.RootElement.Clone();
    }

    public void Dispose()
    {
        Daemon.Dispose();
        _client.Dispose();
        _ubusd.Dispose();
        Topology.Dispose();
    }
}
