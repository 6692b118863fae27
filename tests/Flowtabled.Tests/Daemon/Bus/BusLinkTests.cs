using System.Diagnostics;
using Flowtabled.Config;
using Flowtabled.Daemon.Bus;
using Flowtabled.Engine.Config;
using Flowtabled.Tests.Ubus;
using Flowtabled.Ubus;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Tests.Daemon.Bus;

/// <summary>The daemon's place on a bus that comes late, ends, and has a netifd and a procd that only a test would write.</summary>
public sealed class BusLinkTests : IBusTarget, ILogger, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bus").FullName;
    private readonly List<string> _log = [];
    private readonly List<string> _networks = [];
    private readonly BusLink _link;
    private int _reads;
    private TestUbusd? _ubusd;
    private UbusEnd? _netifd;
    private UbusObject? _interfaces;
    private UbusObject? _service;
    private string _dump = """{"interface":[{"interface":"lan","up":true,"l3_device":"br-lan"}]}""";
    private int _dumps;

    public BusLinkTests() => _link = new BusLink(new ConfigPaths(_directory, _directory), this, this);

    public void Dispose()
    {
        _link.Dispose();
        _netifd?.Dispose();
        _ubusd?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Without_a_bus_that_is_said_once_and_it_is_joined_when_it_appears()
    {
        for (var waited = Stopwatch.StartNew(); waited.ElapsedMilliseconds < 1_200; Thread.Sleep(50))
            _link.Serve();
        Assert.Equal(["there is no ubus: working without it, until it appears"], _log);

        Begin();
        Until(() => _networks.Count == 1);
        Assert.Equal(["lan br-lan"], _networks);
        Assert.Equal("connected to ubusd", _log[^1]);
    }

    [Fact]
    public void The_first_answer_is_waited_for()
    {
        Begin();
        _link.AwaitNetworks(_ =>
        {
            var turns = 0;
            _netifd!.Until(() => turns++ == 1);
        });
        Assert.Equal(["lan br-lan"], _networks);
    }

    [Fact]
    public void Notifications_make_netifd_be_asked_and_only_news_is_told()
    {
        Begin();
        Until(() => _networks.Count == 1 && _interfaces!.HasSubscribers && _service!.HasSubscribers);
        Notify(_interfaces!, "interface.update", "{}");
        Until(() => _dumps == 2);
        _dump = """{"interface":[{"interface":"lan","up":true,"l3_device":"br-home"}]}""";
        for (var i = 0; i < 100; i++)
            Notify(_interfaces!, "interface.update", "{}");
        Until(() => _networks.Count == 2);

        Assert.Equal(["lan br-lan", "lan br-home"], _networks);
        Assert.InRange(_dumps, 3, 60); // A burst is a few questions.
        Assert.Equal(0, _reads);
    }

    [Fact]
    public void A_changed_configuration_of_ours_is_read()
    {
        Begin();
        Until(() => _service!.HasSubscribers);
        Notify(_service!, "event.trigger", """{"type":"config.change","data":{"package":"firewall"}}""");
        Notify(_service!, "config.change", """{"config":"dhcp"}""");
        Notify(_service!, "config.change", """{"config":1}""");
        foreach (var package in ConfigPaths.Packages)
            Notify(_service!, "config.change", $$"""{"config":"{{package}}"}""");
        Until(() => _reads >= 3);
        Assert.Equal(3, _reads);
    }

    [Fact]
    public void What_netifd_said_holds_while_ubusd_begins_again()
    {
        Begin();
        Until(() => _networks.Count == 1);
        _ubusd!.Stop();
        Until(() => _log.Any(line => line.StartsWith("lost ubus", StringComparison.Ordinal)));
        _ubusd.Start();
        Until(() => _log[^1] == "connected to ubusd" && _dumps == 2);
        Assert.Single(_networks);
    }

    void IBusTarget.ReadConfig() => _reads++;

    void IBusTarget.Networks(List<NetifdNetwork> networks) => _networks.AddRange(networks.Select(network => $"{network.Name} {network.L3Device}"));

    void IBusTarget.ExclusionsChanged() => throw new InvalidOperationException();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add(formatter(state, exception));

    private void Begin()
    {
        Directory.CreateDirectory(_directory);
        _ubusd = new TestUbusd(Path.Combine(_directory, "ubus"));
        _netifd = new UbusEnd(_ubusd);
        _interfaces = new UbusObject("network.interface", [new("dump")], Dump);
        _service = new UbusObject("service", [], (_, _, _) => { });
        _netifd.Connection.Publish(_interfaces);
        _netifd.Connection.Publish(_service);
        _netifd.Until(() => _service.Id != 0);
    }

    private void Dump(UbusCall call, ReadOnlySpan<byte> method, BlobReader arguments)
    {
        _dumps++;
        var data = new BlobBuffer();
        BlobJson.Add(new BlobWriter(data), System.Text.Encoding.UTF8.GetBytes(_dump));
        _netifd!.Connection.Reply(call, data);
        _netifd.Connection.Complete(call, UbusStatus.Ok);
    }

    private void Notify(UbusObject item, string name, string json)
    {
        var data = new BlobBuffer();
        BlobJson.Add(new BlobWriter(data), System.Text.Encoding.UTF8.GetBytes(json));
        _netifd!.Connection.Notify(item, name, data);
    }

    private void Until(Func<bool> condition) => _netifd!.Until(() =>
    {
        _link.Serve();
        return condition();
    });
}
