using System.Net;
using System.Text;
using Flowtabled.Daemon;
using Flowtabled.Daemon.Bus;
using Flowtabled.Daemon.Watch;
using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Netlink;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Daemon.Bus;

/// <summary>Calls of <c>flows</c> and <c>totals</c>: what they may say, and how they wait.</summary>
public sealed class FlowCallsTests : IDisposable
{
    private readonly ThreadMail _mail = new();
    private readonly FlowCalls _calls;
    private readonly List<string> _replies = [];

    public FlowCallsTests() => _calls = new FlowCalls(_mail);

    public void Dispose() => _mail.Dispose();

    [Fact]
    public void Everything_can_be_said()
    {
        var question = Parse(
            """
            {"path":"hw","host":"2001:db8::1","port":443,"zone":"lan","sort":"age","limit":200,
            "cursor":"ffffffffffffffff-0000000000000001","ubus_rpc_session":"0"}
            """);
        Assert.Equal(
            new FlowQuestion(1, false, 200)
            {
                Choice = new ConnectionChoice
                {
                    Path = FlowPath.Hardware,
                    Host = InetAddress.FromBytes(IPAddress.Parse("2001:db8::1").GetAddressBytes()),
                    Port = 443,
                    Zone = "lan",
                },
                Order = FlowOrder.Age,
                After = new FlowRank(ulong.MaxValue, 1),
            },
            question);
        Assert.Equal(new FlowQuestion(1, false, 100), Parse("""{"path":"any","sort":"bytes"}"""));
        Assert.Equal(new FlowQuestion(1, true, 5), Parse("""{"limit":5}""", isForTotals: true));
    }

    [Theory]
    [InlineData("""{"path":"hardware"}""", "'path' is any, hw, sw or slow")]
    [InlineData("""{"host":"lan"}""", "'host' is an IP address")]
    [InlineData("""{"host":"192.168.1"}""", "'host' is an IP address")]
    [InlineData("""{"port":0}""", "'port' is a number from 1 to 65535")]
    [InlineData("""{"port":65536}""", "'port' is a number from 1 to 65535")]
    [InlineData("""{"sort":"size"}""", "'sort' is bytes, rate or age")]
    [InlineData("""{"limit":0}""", "'limit' is a number from 1 to 200")]
    [InlineData("""{"limit":201}""", "'limit' is a number from 1 to 200")]
    [InlineData("""{"limit":-9223372036854775808}""", "'limit' is a number from 1 to 200")]
    [InlineData("""{"cursor":"0"}""", "'cursor' is none that came with a page")]
    [InlineData("""{"hosts":"192.0.2.1"}""", "there is no parameter 'hosts'")]
    public void What_cannot_be_meant_is_refused(string json, string reason) => Assert.Equal(reason, Refusal(json));

    [Fact]
    public void Totals_have_no_filter() => Assert.Equal("there is no parameter 'path'", Refusal("""{"path":"hw"}""", isForTotals: true));

    [Theory]
    [InlineData("""{"path":1}""")]
    [InlineData("""{"port":"443"}""")]
    [InlineData("""{"limit":1.5}""")]
    [InlineData("""{"cursor":["a"]}""")]
    public void Another_shape_is_malformed(string json) => Assert.Throws<UbusFormatException>(() => Refusal(json));

    [Fact]
    public void Calls_go_together_and_the_next_when_those_are_answered()
    {
        Assert.Null(Ask(1));
        Assert.Null(Ask(2));
        Assert.Equal([1], Asked());
        _mail.Answers.Post([new FlowAnswer(1) { Problem = "a" }]);
        Serve();
        Assert.Null(Ask(3));
        Assert.Equal([2], Asked());
        _mail.Answers.Post([new FlowAnswer(2) { Problem = "b" }]);
        Serve();
        Assert.Equal([3], Asked());
        Assert.Equal(["1 a", "2 b"], _replies);
    }

    [Fact]
    public void There_are_so_many_at_once()
    {
        for (uint peer = 1; peer <= FlowCalls.MaxCalls; peer++)
            Assert.Null(Ask(peer));
        Assert.Equal("more than 8 calls at once", Ask(9));
        _mail.Answers.Post([new FlowAnswer(1) { Problem = "a" }]);
        Serve();
        Assert.Null(Ask(10));
    }

    private static FlowQuestion? Parse(string json, bool isForTotals = false)
    {
        Assert.Null(FlowCalls.Parse(1, isForTotals, Blob(json), out var question));
        return question;
    }

    private static string? Refusal(string json, bool isForTotals = false) => FlowCalls.Parse(1, isForTotals, Blob(json), out _);

    private static BlobReader Blob(string json)
    {
        var buffer = new BlobBuffer();
        BlobJson.Add(new BlobWriter(buffer), Encoding.UTF8.GetBytes(json));
        return new BlobReader(buffer.Written);
    }

    private string? Ask(uint peer) => _calls.Ask(new UbusCall(1, 2, peer, 3), false, Blob("{}"));

    private int[] Asked() => [.. (_mail.Questions.Take() ?? []).Select(question => question.Number)];

    private void Serve() => _calls.Serve((call, answer) => _replies.Add($"{call.Peer} {answer.Problem}"));
}
