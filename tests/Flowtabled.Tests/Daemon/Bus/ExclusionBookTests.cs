using System.Text;
using Flowtabled.Daemon.Bus;
using Flowtabled.Engine.Config;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Daemon.Bus;

/// <summary>Exclusions of other programs: by name, in bounds, and well-formed.</summary>
public class ExclusionBookTests
{
    private readonly ExclusionBook _book = new();

    [Fact]
    public void A_set_takes_the_place_of_the_last_of_its_name()
    {
        Assert.Null(Set("""{"name":"sqm","devices":["eth1","eth1","ifb0"]}"""));
        Assert.Null(Set("""{"name":"vpn","devices":["wg0"]}"""));
        Assert.Equal("sqm eth1 ifb0, vpn wg0", All());
        Assert.Null(Set("""{"name":"sqm","devices":["eth2"],"ubus_rpc_session":"0"}"""));
        Assert.Equal("sqm eth2, vpn wg0", All());
        Assert.Null(Set("""{"name":"sqm"}"""));
        Assert.Null(Set("""{"name":"nobody","devices":[]}"""));
        Assert.Equal("vpn wg0", All());
    }

    [Theory]
    [InlineData("{}", "'name' is needed")]
    [InlineData("""{"name":"","devices":["a"]}""", "'name' is needed")]
    [InlineData("""{"name":"a b"}""", "'name' is needed")]
    [InlineData("""{"name":"a","devices":["a/b"]}""", "no device can have the name 'a/b'")]
    [InlineData("""{"name":"a","devices":["sixteen-bytes-xx"]}""", "no device can have the name")]
    [InlineData("""{"name":"a","zones":[]}""", "there is no parameter 'zones'")]
    [InlineData("""{"name":"a","hosts":["10.1"]}""", "'10.1' is neither an address nor a network")]
    [InlineData("""{"name":"a","hosts":["10.0.0.0/33"]}""", "'10.0.0.0/33' is neither an address nor a network")]
    [InlineData("""{"name":"a","ports":["90-80"]}""", "'90-80' is neither a port nor a range of ports")]
    [InlineData("""{"name":"a","ports":[65536]}""", "'65536' is neither a port nor a range of ports")]
    public void Bad_input_is_refused_with_a_reason(string json, string reason)
    {
        Assert.Contains(reason, Set(json), StringComparison.Ordinal);
        Assert.Equal("", All());
    }

    [Theory]
    [InlineData("""{"name":1}""")]
    [InlineData("""{"name":"a","devices":"eth0"}""")]
    [InlineData("""{"name":"a","devices":[1]}""")]
    public void Another_shape_is_malformed(string json) => Assert.Throws<UbusFormatException>(() => Set(json));

    [Fact]
    public void There_are_bounds()
    {
        var devices = string.Join(',', Enumerable.Range(0, ExclusionBook.MaxDevices + 1).Select(i => $"\"d{i}\""));
        Assert.Equal("more than 64 devices", Set($$"""{"name":"a","devices":[{{devices}}]}"""));
        for (var i = 0; i < ExclusionBook.MaxNames; i++)
            Assert.Null(Set($$"""{"name":"n{{i}}","devices":["eth0"]}"""));
        Assert.Equal("more than 32 names", Set("""{"name":"a","devices":["eth0"]}"""));
        Assert.Null(Set("""{"name":"n0","devices":["eth1"]}"""));
    }

    [Fact]
    public void Rules_of_the_configuration_keep_what_else_they_say()
    {
        var rules = NamedExclusion.Add(
            [new("eth0", false, DeviceLevel.Self), new("eth1", true, DeviceLevel.Auto)],
            [new("sqm", ["eth0", "eth1", "eth2"]), new("vpn", ["eth2"])]);

        Assert.Equal(
            [
                new DeviceRule("eth0", true, DeviceLevel.Self) { ExcludedBy = "sqm" },
                new DeviceRule("eth1", true, DeviceLevel.Auto),
                new DeviceRule("eth2", true, DeviceLevel.Auto) { ExcludedBy = "sqm" },
            ],
            rules);
    }

    private string? Set(string json)
    {
        var buffer = new BlobBuffer();
        BlobJson.Add(new BlobWriter(buffer), Encoding.UTF8.GetBytes(json));
        return _book.Set(new BlobReader(buffer.Written));
    }

    private string All() => string.Join(", ", _book.All.Select(exclusion => $"{exclusion.Name} {string.Join(' ', exclusion.Devices)}"));
}
