using System.Text;
using System.Text.Json;
using Flowtabled.KernelTests.Lab;
using Flowtabled.Tests.Ubus;
using Flowtabled.Ubus;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The program as it is shipped, on a bus with a netifd and a procd.</summary>
public sealed class BusTests : IDisposable
{
    private const string Signature =
        """{"status":{},"devices":{},"plan":{},"doctor":{},"reload":{},"get_config":{},"flows":{"path":3,"host":3,"port":5,"zone":3,"sort":3,"limit":5,"cursor":3},"totals":{"limit":5},"kick":{"host":3,"port":5,"id":4,"all":7,"hold":5,"dry_run":7,"cut":7},"set_exclude":{"name":3,"devices":1,"hosts":1,"ports":1}}""";

    private readonly Topology _topology = new("");
    private readonly TestUbusd _ubusd;
    private readonly UbusEnd _router;
    private readonly UbusEnd _client;
    private readonly UbusObject _interfaces;
    private readonly UbusObject _service = new("service", [], (_, _, _) => { });
    private readonly RunningDaemon _daemon;
    private string _dump = Networks("wan");

    public BusTests()
    {
        _ubusd = new TestUbusd(Path.Combine(_topology.RunDirectory, "ubus"));
        _interfaces = new UbusObject("network.interface", [new("dump")], Dump);
        (_router, _client) = (new UbusEnd(_ubusd), new UbusEnd(_ubusd));
        _router.Connection.Publish(_interfaces);
        _router.Connection.Publish(_service);
        _router.Until(() => _service.Id != 0);
        _daemon = new RunningDaemon(_topology);
        Until(() => _ubusd.SignatureOf("flowtabled") is not null && _client.Connection.IsConnected && _service.HasSubscribers);
    }

    public void Dispose()
    {
        _daemon.Dispose();
        _client.Dispose();
        _router.Dispose();
        _ubusd.Dispose();
        _topology.Dispose();
    }

    [Fact]
    public void Every_method_is_there_and_answers()
    {
        Assert.Equal(Signature, _ubusd.SignatureOf("flowtabled"));
        Assert.Equal("wan", Call("status").GetProperty("devices").EnumerateArray().Last().GetProperty("device").GetString());
        Assert.All(Call("devices").GetProperty("devices").EnumerateArray(), device => Assert.False(device.GetProperty("is_guessed").GetBoolean()));
        Assert.Empty(Call("plan").GetProperty("steps").EnumerateArray());
        Assert.Contains(Call("doctor").GetProperty("checks").EnumerateArray(), check => check.GetProperty("check").GetString() == "daemon");
        Assert.True(Call("get_config").GetProperty("enabled").GetBoolean());
        Assert.Empty(_ubusd.Faults);
    }

    [Fact]
    public void Others_exclude_devices_by_name_until_they_say_otherwise()
    {
        using var flow = new RunningFlow();
        Assert.Equal(UbusStatus.Ok, Status("set_exclude", """{"name":"sqm","devices":["wan"]}"""));
        Until(() => Topology.FlowtableDevices() == "lan");
        Until(static () => Topology.Connections() is [var line] && !line.Contains("OFFLOAD", StringComparison.Ordinal));
        Assert.Equal("excluded sqm", Why());
        Assert.Equal(UbusStatus.Ok, Status("reload", "{}"));
        _daemon.AwaitCalm();
        Assert.Equal("lan", Topology.FlowtableDevices());
        Assert.Contains("'sqm' excludes it", Call("devices").ToString(), StringComparison.Ordinal);
        Assert.Contains("'sqm' excludes it", ProgramCall.Run(_topology, "plan").Output, StringComparison.Ordinal);

        Assert.Equal(UbusStatus.InvalidArgument, Status("set_exclude", """{"name":"sqm","devices":["a/b"]}"""));
        Assert.Equal(UbusStatus.InvalidArgument, Status("set_exclude", """{"name":"sqm","devices":1}"""));
        Assert.Contains("'devices' at byte ", Answer("set_exclude", """{"name":"sqm","devices":1}"""), StringComparison.Ordinal);
        Assert.Equal(UbusStatus.Ok, Status("set_exclude", """{"name":"sqm"}"""));
        Until(() => Topology.FlowtableDevices() == "lan wan");
        Until(Topology.IsOffloaded);
    }

    [Fact]
    public void Hosts_and_ports_that_others_exclude_leave_the_flowtable_at_once()
    {
        using var flow = new RunningFlow();
        Assert.Equal(UbusStatus.Ok, Status("set_exclude", """{"name":"game","ports":["5000-5001"]}"""));
        Until(static () => Topology.Connections() is [var line] && !line.Contains("OFFLOAD", StringComparison.Ordinal));
        Assert.Equal("excluded game", Why());
        Assert.Contains("game", Call("plan").GetProperty("exclusions").ToString(), StringComparison.Ordinal);

        Assert.Equal(UbusStatus.Ok, Status("set_exclude", """{"name":"game","hosts":["192.168.0.0/16","::/0"]}"""));
        Until(static () => Topology.InRouter("nft", "list", "table", "inet", "flowtabled").Contains("192.168.0.0/16", StringComparison.Ordinal));
        Assert.Equal("excluded game", Why());

        Assert.Equal(UbusStatus.Ok, Status("set_exclude", """{"name":"game"}"""));
        Until(Topology.IsOffloaded);
        Assert.Equal("{\"moved\":1,\"staying\":0,\"why\":null,\"held\":1}", Answer("kick", """{"port":5001,"hold":60}""").Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("held ", Why());
        Assert.Contains("\"held\"", Answer("flows", """{"port":5001}"""), StringComparison.Ordinal);
        Assert.Equal(UbusStatus.InvalidArgument, Status("kick", """{"port":5001,"all":true}"""));
        Assert.Equal(UbusStatus.InvalidArgument, Status("kick", """{"hold":5}"""));
    }

    [Fact]
    public void A_kick_can_be_dry_and_can_cut()
    {
        using var flow = new RunningFlow();
        var before = Id();

        Assert.Equal("""{"meant":1}""", Kick("""{"port":5001,"dry_run":true}"""));
        Assert.Equal("""{"meant":1}""", Kick("""{"port":5001,"dry_run":true,"hold":60}"""));
        Assert.Equal("""{"meant":1}""", Kick("""{"port":5001,"dry_run":true,"cut":true}"""));
        Assert.Equal("""{"meant":0}""", Kick("""{"port":5002,"dry_run":true}"""));
        Assert.Equal(UbusStatus.InvalidArgument, Status("kick", """{"port":5001,"cut":true,"hold":60}"""));
        Assert.Equal(before, Id());
        Assert.Empty(ProgramCall.Run(_topology, "flows --json --path slow --port 5001").Json.GetProperty("flows").EnumerateArray());
        flow.WasNotDisturbed();

        Assert.Equal("""{"ended":1}""", Kick("""{"port":5001,"cut":true}"""));
        Assert.Empty(Topology.Connections());
        Assert.Equal("""{"ended":0}""", Kick("""{"port":5001,"cut":true}"""));

        string Kick(string order) => Answer("kick", order).Replace(" ", "", StringComparison.Ordinal);

        long Id() => Assert.Single(ProgramCall.Run(_topology, "flows --json --port 5001").Json.GetProperty("flows").EnumerateArray())
            .GetProperty("id").GetInt64();
    }

    private string Why()
    {
        var flows = ProgramCall.Run(_topology, "flows --json --port 5001").Json.GetProperty("flows");
        var flow = Assert.Single(flows.EnumerateArray());
        return $"{flow.GetProperty("why_slow").GetString()} {flow.GetProperty("excluded_by").GetString()}";
    }

    private string Answer(string method, string json) => _client.Call("flowtabled", method, json, 10_000, _router).Answer!;

    [Fact]
    public void Netifd_and_procd_are_followed_and_subscribers_hear_of_it()
    {
        var heard = new List<string>();
        var found = 0;
        _client.Connection.Subscribe("flowtabled", (name, data) => heard.Add(Encoding.ASCII.GetString(name)), () => found++);
        Until(() => found == 1);
        _dump = Networks("nosuch");
        Notify(_interfaces, "interface.update", "{}");
        Until(() => Topology.FlowtableDevices() == "lan" && heard.Contains("changed"));

        var passes = _daemon.Passes;
        Notify(_service, "config.change", """{"config":"firewall"}""");
        Until(() => _daemon.Passes > passes);
    }

    [Fact]
    public void A_ubusd_that_begins_again_costs_nothing_and_is_joined()
    {
        var batches = _daemon.Batches;
        _ubusd.Stop();
        _daemon.Process.AwaitLine("lost ubus, trying again every second");
        _ubusd.Start();
        Until(() => _ubusd.SignatureOf("flowtabled") is not null && _client.Connection.IsConnected && _interfaces.HasSubscribers);
        Assert.True(Call("get_config").GetProperty("enabled").GetBoolean());
        Assert.Equal(batches, _daemon.Batches);
    }

    [Fact]
    public void A_thousand_calls_are_answered_and_garbage_costs_nothing()
    {
        _daemon.AwaitCalm();
        var (passes, batches, answered) = (_daemon.Passes, _daemon.Batches, 0);
        for (var i = 0; i < 1000; i++)
        {
            _client.Connection.Invoke(
                "flowtabled", "get_config", null, (scoped in UbusMessage _) => { }, status => answered += status == UbusStatus.Ok ? 1 : 0, 30_000);
        }

        Until(() => answered == 1000);
        Assert.Equal(passes, _daemon.Passes);

        _ubusd.SendAll([0xff]);
        Until(() => _router.Losses.Count == 1 && _client.Losses.Count == 1);
        AwaitJoinedAgain();
        Assert.True(Call("get_config").GetProperty("enabled").GetBoolean());
        Assert.Equal(batches, _daemon.Batches);
        Assert.Empty(_ubusd.Faults);
    }

    [Fact]
    public void A_bus_that_does_not_read_answers_is_left_before_it_costs_memory_and_is_joined_again()
    {
        const int limit = 2 << 20; // Of what waits to be sent.
        _topology.Commit("flowtabled", string.Concat(Enumerable.Range(0, 300).Select(static i => $"config device\n\toption name 'dev{i}'\n\toption hw 'off'\n")));
        using var flow = new RunningFlow();
        _daemon.AwaitCalm();
        var answer = Call("get_config").ToString().Length;
        var (passes, batches, memory, asked, ended) = (_daemon.Passes, _daemon.Batches, _daemon.Process.PeakMemory, 0, 0);

        _ubusd.Deafen("flowtabled");
        while (!_daemon.Log.Any(static line => line.Contains("ubusd does not read: ", StringComparison.Ordinal)))
        {
            for (var end = asked + 50; asked < end; asked++)
                _client.Connection.Invoke("flowtabled", "get_config", null, (scoped in UbusMessage _) => { }, _ => ended++, 500);
            Until(() => ended == asked);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} calls of {answer} bytes, peak {memory} to {_daemon.Process.PeakMemory} bytes");
        Assert.InRange(asked, limit / (2 * answer), 3 * limit / answer); // As JSON: a blob has up to twice as many.
        Assert.InRange(_daemon.Process.PeakMemory - memory, 0, 6 * limit);
        AwaitJoinedAgain();
        Assert.True(Call("get_config").GetProperty("enabled").GetBoolean());
        Assert.Equal((passes, batches), (_daemon.Passes, _daemon.Batches));
        flow.WasNotDisturbed();
    }

    [Fact]
    public void A_daemon_that_could_not_read_its_configuration_yet_plans_nothing()
    {
        _daemon.Stop();
        _topology.Commit("firewall", "config defaults\n\tfoo\n");
        using var daemon = new RunningDaemon(_topology);
        Until(() => _ubusd.SignatureOf("flowtabled") is not null);

        Assert.Equal(UbusStatus.SystemError, Status("plan", "{}"));
        Assert.Contains("firewall: Parse error (invalid command) at line 2, byte 1; nothing is changed", Answer("plan", "{}"), StringComparison.Ordinal);
    }

    // A second after the loss, when the bus has forgotten the object of before.
    private void AwaitJoinedAgain()
    {
        Until(() => _daemon.Log.Contains("connected to ubusd"));
        Until(() => _ubusd.SignatureOf("flowtabled") is not null && _client.Connection.IsConnected && _interfaces.HasSubscribers && _service.HasSubscribers);
    }

    private UbusStatus Status(string method, string json) => _client.Call("flowtabled", method, json, 10_000, _router).Status;

    private JsonElement Call(string method)
    {
        var (status, answer) = _client.Call("flowtabled", method, "{}", 10_000, _router);
        Assert.Equal(UbusStatus.Ok, status);
        using var json = JsonDocument.Parse(answer!);
        return json.RootElement.Clone();
    }

    private void Dump(UbusCall call, ReadOnlySpan<byte> method, BlobReader arguments)
    {
        _router.Connection.Reply(call, Blob(_dump));
        _router.Connection.Complete(call, UbusStatus.Ok);
    }

    private void Notify(UbusObject item, string name, string json) => _router.Connection.Notify(item, name, Blob(json));

    private void Until(Func<bool> condition) => _router.Until(condition, _client);

    private static string Networks(string wan) =>
        $$"""
        {"interface":[{"interface":"lan","up":true,"l3_device":"lan"},
        {"interface":"wan","up":true,"l3_device":"{{wan}}"},{"interface":"wan6","up":true,"l3_device":"{{wan}}"}]}
        """;

    private static BlobBuffer Blob(string json)
    {
        var buffer = new BlobBuffer();
        BlobJson.Add(new BlobWriter(buffer), Encoding.UTF8.GetBytes(json));
        return buffer;
    }
}
