using System.Diagnostics;
using System.Text;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Ubus;

/// <summary>A connection to a ubusd that is strict, ends, sends garbage, or does not read.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly TestUbusd _ubusd = new(Directory.CreateTempSubdirectory("ubus").FullName);
    private readonly UbusEnd _server;
    private readonly UbusEnd _client;
    private readonly UbusObject _object;
    private readonly List<UbusCall> _kept = [];

    public ConnectionTests()
    {
        _server = new UbusEnd(_ubusd);
        _client = new UbusEnd(_ubusd);
        _object = new UbusObject("test", [new("echo", new UbusParameter("text", BlobType.Text), new("n", BlobType.Number32)), new("later"), new("large")], Answer);
        _server.Connection.Publish(_object);
        _server.Until(() => _object.Id != 0);
        _client.Until(() => _client.Connection.IsConnected);
    }

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
        _ubusd.Dispose();
        Directory.Delete(Path.GetDirectoryName(_ubusd.SocketPath)!, recursive: true);
    }

    [Fact]
    public void A_method_is_called_and_answers()
    {
        Assert.Equal((UbusStatus.Ok, """{"text":"a","n":9999999999}"""), Call("echo", """{"text":"a","n":9999999999}"""));
        Assert.Equal((UbusStatus.MethodNotFound, null), Call("nosuch"));
        Assert.Equal((UbusStatus.NotFound, null), _client.Call("nosuch", "echo"));
        Assert.Empty(_ubusd.Faults);
    }

    [Fact]
    public void Malformed_parameters_are_the_callers_fault()
    {
        var parameters = new BlobBuffer();
        new BlobWriter(parameters).WriteUInt32(0x7f, 0);
        parameters.At(0, 4).Fill(0xff); // A name that is longer than what follows.
        UbusStatus? status = null;
        _client.Connection.Invoke("test", "echo", parameters, (scoped in UbusMessage _) => { }, ended => status = ended, 10_000);
        _client.Until(() => status is not null, _server);

        Assert.Equal(UbusStatus.InvalidArgument, status);
        Assert.Empty(_server.Losses);
        Assert.Equal(UbusStatus.Ok, Call("echo").Status);
    }

    [Fact]
    public void An_answer_may_come_later_or_never()
    {
        Assert.Equal(UbusStatus.Timeout, Call("later", timeout: 50).Status);
        UbusStatus? status = null;
        string? answer = null;
        _client.Connection.Invoke(
            "test", "later", null, (scoped in UbusMessage message) => answer = BlobText.Of(message.Data), ended => status = ended, 10_000);
        _client.Until(() => _kept.Count == 2, _server);
        Assert.Equal(UbusStatus.Ok, Call("echo").Status);
        Assert.Null(status);

        var data = new BlobBuffer();
        new BlobWriter(data).AddBoolean("late"u8, true);
        _server.Connection.Reply(_kept[1], data);
        _server.Connection.Complete(_kept[1], UbusStatus.Ok);
        _client.Until(() => status is not null, _server);
        Assert.Equal((UbusStatus.Ok, """{"late":true}"""), (status, answer));
    }

    [Fact]
    public void A_subscriber_hears_notifications_and_the_object_knows_of_it()
    {
        var heard = new List<string>();
        var found = 0;
        var data = new BlobBuffer();
        new BlobWriter(data).AddInteger("n"u8, 1);
        _server.Connection.Notify(_object, "unheard", data);
        _client.Connection.Subscribe("test", (name, more) => heard.Add(Encoding.ASCII.GetString(name) + BlobText.Of(more)), () => found++);
        _client.Until(() => _object.HasSubscribers && found == 1, _server);
        _server.Connection.Notify(_object, "tick", data);
        _client.Until(() => heard.Count > 0, _server);
        Assert.Equal(["""tick{"n":1}"""], heard);

        // The object goes and comes back.
        _server.Connection.Withdraw(_object);
        Assert.False(_object.HasSubscribers);
        _server.Connection.Publish(_object);
        _client.Until(() => found == 2 && _object.HasSubscribers, _server);
        _client.Connection.Unsubscribe("test");
        _client.Until(() => !_object.HasSubscribers, _server);
        Assert.Empty(_ubusd.Faults);
    }

    [Fact]
    public void An_object_that_appears_later_is_subscribed_to()
    {
        var found = 0;
        _client.Connection.Subscribe("other", (_, _) => { }, () => found++);
        Assert.Equal(UbusStatus.Ok, Call("echo").Status);
        var other = new UbusObject("other", [], (_, _, _) => { });
        _server.Connection.Publish(other);
        _client.Until(() => found == 1 && other.HasSubscribers, _server);
    }

    [Fact]
    public void Events_are_heard()
    {
        var heard = new List<string>();
        _client.Connection.Listen("ubus.object.*", (name, data) => heard.Add(Encoding.ASCII.GetString(name)));
        Assert.Equal(UbusStatus.Ok, Call("echo").Status);
        var other = new UbusObject("other", [], (_, _, _) => { });
        _server.Connection.Publish(other);
        _server.Until(() => other.Id != 0);
        _server.Connection.Withdraw(other);
        _client.Until(() => heard.Count == 2, _server);
        Assert.Equal(["ubus.object.add", "ubus.object.remove"], heard);
    }

    [Fact]
    public void A_path_that_is_taken_is_refused()
    {
        _client.Connection.Publish(new UbusObject("test", [], (_, _, _) => { }));
        _client.Until(() => _client.Refusals.Count > 0, _server);
        Assert.Equal(["object test: InvalidArgument"], _client.Refusals);
    }

    [Fact]
    public void Everything_is_told_to_a_ubusd_that_was_begun_again()
    {
        var found = 0;
        _client.Connection.Subscribe("test", (_, _) => { }, () => found++);
        _client.Until(() => found == 1, _server);
        UbusStatus? status = null;
        _client.Connection.Invoke("test", "later", null, (scoped in UbusMessage _) => { }, ended => status = ended, 10_000);
        _client.Until(() => _kept.Count == 1, _server);

        _ubusd.Stop();
        _client.Until(() => status is not null && _server.Losses.Count > 0, _server);
        Assert.Equal(UbusStatus.ConnectionFailed, status);
        Assert.Equal(0u, _object.Id);
        _ubusd.Start();
        _client.Until(() => found == 2 && _object.HasSubscribers, _server);

        _server.Connection.Complete(_kept[0], UbusStatus.Ok); // Nobody waits for it any more.
        Assert.Equal(UbusStatus.Ok, Call("echo").Status);
        Assert.Equal((2, 2, 1, 1), (_server.Connects, _client.Connects, _server.Losses.Count, _client.Losses.Count));
        Assert.Empty(_ubusd.Faults);
    }

    [Theory]
    [InlineData("ff", "version 255")]
    [InlineData("0002000100000000ffffffff", "its length is 0xffffffff")]
    [InlineData("000200010000000000100008", "its length is 0x00100008")]
    [InlineData("000200010000000000000008030000ff", "length 255 overruns the 4 bytes that are left")]
    [InlineData("00020001000000000000000c0300000500000000", "has 1 bytes, expected 4")]
    public void Garbage_ends_the_connection_and_another_is_made(string hex, string reason)
    {
        _ubusd.SendAll(Convert.FromHexString(hex));
        _server.Until(() => _server.Losses.Count == 1 && _client.Losses.Count == 1, _client);
        Assert.All((string[])[.. _server.Losses, .. _client.Losses], loss => Assert.Contains(reason, loss, StringComparison.Ordinal));
        _server.Until(() => _object.Id != 0 && _client.Connection.IsConnected, _client);
        Assert.Equal(UbusStatus.Ok, Call("echo").Status);
    }

    [Fact]
    public void Who_does_not_greet_is_not_ubusd()
    {
        _ubusd.Greeting = TestUbusMessage.Status(1, 0, UbusStatus.Ok);
        using var end = new UbusEnd(_ubusd);
        end.Until(() => end.Losses.Count == 1);
        Assert.Contains("not a greeting", end.Losses[0], StringComparison.Ordinal);
        Assert.Equal(0, end.Connects);
        _ubusd.Greeting = null;
        end.Until(() => end.Connection.IsConnected);
    }

    [Fact]
    public void A_thousand_calls_take_seconds_at_most()
    {
        Assert.Equal(UbusStatus.Ok, Call("echo").Status); // Compiled by now.
        var ended = 0;
        var took = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
            _client.Connection.Invoke("test", "echo", null, (scoped in UbusMessage _) => { }, status => ended += status == UbusStatus.Ok ? 1 : 0, 10_000);
        _client.Until(() => ended == 1000, _server);
        TestContext.Current.TestOutputHelper?.WriteLine($"1000 calls took {took.ElapsedMilliseconds} ms");
        Assert.InRange(took.ElapsedMilliseconds, 0, 5_000); // On a machine that does other things too.
    }

    [Fact]
    public void A_ubusd_that_does_not_read_is_left_before_it_costs_memory()
    {
        _client.Connection.Invoke("test", "later", null, (scoped in UbusMessage _) => { }, _ => { }, 10_000);
        _client.Until(() => _kept.Count == 1, _server);
        _ubusd.Deafen();
        var data = new BlobBuffer();
        new BlobWriter(data).AddString("text"u8, new byte[100_000]);
        var sent = 0;
        for (; sent < 100 && _server.Losses.Count == 0; sent++)
            _server.Connection.Reply(_kept[0], data);

        Assert.InRange(sent, 20, 40); // Two messages of the largest size, and what the kernel takes.
        Assert.Contains("does not read", Assert.Single(_server.Losses), StringComparison.Ordinal);
        _server.Until(() => _server.Connects == 2, _client);
    }

    [Fact]
    public void Requests_that_wait_are_limited()
    {
        _ubusd.Deafen();
        var refused = 0;
        for (var i = 0; i < 2_000; i++)
            _client.Connection.Ping(status => refused += status == UbusStatus.NoMemory ? 1 : 0, 10_000);
        Assert.Equal(2_000 - 1_024, refused);
        Assert.True(_client.Connection.IsConnected);
    }

    [Fact]
    public void A_long_answer_arrives_whole_and_one_that_is_too_long_is_refused()
    {
        var (status, answer) = Call("large", """{"n":1000000}""");
        Assert.Equal((UbusStatus.Ok, 1_000_000), (status, answer!.Length - """{"text":""}""".Length));
        Assert.Equal((UbusStatus.UnknownError, null), Call("large", """{"n":1048576}"""));
        Assert.Empty(_server.Losses);
    }

    [Fact]
    public void A_ping_is_answered()
    {
        UbusStatus? status = null;
        _client.Connection.Ping(ended => status = ended, 10_000);
        _client.Until(() => status is not null);
        Assert.Equal(UbusStatus.Ok, status);
    }

    private (UbusStatus Status, string? Answer) Call(string method, string json = "{}", int timeout = 10_000) =>
        _client.Call("test", method, json, timeout, _server);

    private void Answer(UbusCall call, ReadOnlySpan<byte> method, BlobReader arguments)
    {
        if (method.SequenceEqual("later"u8))
        {
            _kept.Add(call);
            return;
        }

        var data = new BlobBuffer();
        if (method.SequenceEqual("large"u8))
        {
            arguments.Read();
            var text = new byte[arguments.GetInteger()];
            text.AsSpan().Fill((byte)'x');
            new BlobWriter(data).AddString("text"u8, text);
        }
        else
        {
            BlobJson.Add(new BlobWriter(data), Encoding.UTF8.GetBytes(BlobText.Of(arguments)));
        }

        _server.Connection.Reply(call, data);
        if (_server.Connection.IsConnected && data.Length < UbusMessage.MaxLength - 1024)
            _server.Connection.Complete(call, UbusStatus.Ok);
    }
}
