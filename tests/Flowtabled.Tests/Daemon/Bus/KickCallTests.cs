using System.Text;
using Flowtabled.Daemon.Bus;
using Flowtabled.Flows;
using Flowtabled.Netlink;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Daemon.Bus;

/// <summary>The parameters of <c>kick</c>: what is no order moves nothing.</summary>
public class KickCallTests
{
    [Fact]
    public void Everything_can_be_said()
    {
        Assert.Equal(
            new KickOrder(new ConnectionChoice { Host = InetAddress.TryParse("2001:db8::1") }) { Hold = 60 },
            Parse("""{"host":"2001:db8::1","hold":60,"ubus_rpc_session":"0"}"""));
        Assert.Equal(new KickOrder(new ConnectionChoice { Port = 443 }) { IsDry = true }, Parse("""{"port":443,"dry_run":true}"""));
        Assert.Equal(new KickOrder(new ConnectionChoice { Id = uint.MaxValue }) { IsCut = true }, Parse("""{"id":4294967295,"cut":true}"""));
        Assert.Equal(new KickOrder(new ConnectionChoice()), Parse("""{"all":true}"""));
    }

    [Theory]
    [InlineData("{}", "one of 'host', 'port', 'id' and 'all' is needed")]
    [InlineData("""{"all":false}""", "one of 'host', 'port', 'id' and 'all' is needed")]
    [InlineData("""{"port":443,"all":true}""", "one of 'host', 'port', 'id' and 'all' is needed")]
    [InlineData("""{"port":443,"port":80}""", "one of 'host', 'port', 'id' and 'all' is needed")]
    [InlineData("""{"host":"lan"}""", "'host' is no IP address")]
    [InlineData("""{"port":0}""", "'port' is a number from 1 to 65535")]
    [InlineData("""{"port":65536}""", "'port' is a number from 1 to 65535")]
    [InlineData("""{"id":-1}""", "'id' is the number of a flow")]
    [InlineData("""{"id":4294967296}""", "'id' is the number of a flow")]
    [InlineData("""{"all":true,"hold":86401}""", "they can be held for 1 to 86400 seconds, or 0 for not at all")]
    [InlineData("""{"all":true,"hold":-1}""", "they can be held for 1 to 86400 seconds, or 0 for not at all")]
    [InlineData("""{"all":true,"hold":4294967296}""", "they can be held for 1 to 86400 seconds, or 0 for not at all")]
    [InlineData("""{"all":true,"hold":1,"cut":true}""", "what is ended cannot be held")]
    [InlineData("""{"all":true,"zone":"lan"}""", "there is no parameter 'zone'")]
    public void What_is_wrong_is_named(string json, string problem) => Assert.Equal(problem, KickCall.Parse(Blob(json), out _));

    [Fact]
    public void A_parameter_of_another_type_is_refused() =>
        Assert.Throws<UbusFormatException>(static () => KickCall.Parse(Blob("""{"port":"443"}"""), out _));

    private static KickOrder? Parse(string json)
    {
        Assert.Null(KickCall.Parse(Blob(json), out var order));
        return order;
    }

    private static BlobReader Blob(string json)
    {
        var buffer = new BlobBuffer();
        BlobJson.Add(new BlobWriter(buffer), Encoding.UTF8.GetBytes(json));
        return new BlobReader(buffer.Written);
    }
}
