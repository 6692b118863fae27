using Flowtabled.Config;
using Flowtabled.Engine.Config;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Config;

/// <summary>What netifd says of its networks, and which l3 devices follow from it.</summary>
public class NetifdTests
{
    [Fact]
    public void A_recorded_answer_has_its_networks()
    {
        var networks = Read(Fixture.Read("ubus/interface-dump.json"));

        Assert.Equal(
            ["guest br-guest", "lan br-lan", "loopback lo", "wan wan", "wan6 wan"],
            NetifdNetwork.Bind(networks).Bindings.Select(binding => $"{binding.Network} {binding.L3Device}"));
        Assert.All(networks, network => Assert.Equal(BindingSource.Ubus, network.Binding!.Source));
    }

    [Theory]
    [InlineData("pppoe", true, "pppoe-wan", "wan.7", "pppoe-wan", BindingSource.Ubus)]
    [InlineData("pppoe", false, null, "wan.7", "pppoe-wan", BindingSource.Guessed)] // The device below is not what it will have.
    [InlineData("wireguard", true, "wan", null, "wan", BindingSource.Ubus)]
    [InlineData("wireguard", false, null, null, "wan", BindingSource.Guessed)]
    [InlineData("static", false, null, "br-lan", "br-lan", BindingSource.Ubus)]
    [InlineData("dhcp", true, null, "eth1", "eth1", BindingSource.Ubus)]
    public void The_l3_device_is_what_netifd_says_or_will_say(
        string proto, bool isUp, string? l3Device, string? device, string expected, BindingSource source) =>
        Assert.Equal(new NetworkBinding("wan", expected, source), new NetifdNetwork("wan", isUp, proto, l3Device, device).Binding);

    [Theory]
    [InlineData("qmi", false)]
    [InlineData("none", true)]
    [InlineData("static", false)]
    public void A_network_without_a_device_has_none(string proto, bool isUp) =>
        Assert.Null(new NetifdNetwork("wan", isUp, proto, null, null).Binding);

    [Theory]
    [InlineData("""{"interface":1}""")]
    [InlineData("""{"interface":["a"]}""")]
    [InlineData("""{"interface":[{"interface":1}]}""")]
    [InlineData("""{"interface":[{"interface":"a","up":"yes"}]}""")]
    public void An_answer_of_another_shape_is_malformed(string json) =>
        Assert.Throws<UbusFormatException>(() => Read(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void What_netifd_does_not_say_is_not_there()
    {
        Assert.Empty(Read("{}"u8));
        Assert.Empty(Read("""{"interface":[{"up":true,"l3_device":"eth0"}]}"""u8));
    }

    [Fact]
    public void A_mutated_answer_is_read_or_malformed()
    {
        var buffer = new BlobBuffer();
        BlobJson.Add(new BlobWriter(buffer), Fixture.Read("ubus/interface-dump.json"));
        Property.Holds(Mutant.Of([buffer.Written.ToArray()], [[0x83, 0, 0, 0x20], [0, 0xff, 0xff, 0xff], [0, 0], [0x82, 0, 0, 8]]), mutant =>
        {
            try
            {
                NetifdNetwork.Bind(NetifdReply.Read(new BlobReader(mutant.Bytes)));
            }
            catch (UbusFormatException e)
            {
                Assert.InRange(e.Offset, 0, mutant.Bytes.Length);
            }
        });
    }

    private static List<NetifdNetwork> Read(ReadOnlySpan<byte> json)
    {
        var buffer = new BlobBuffer();
        BlobJson.Add(new BlobWriter(buffer), json);
        return NetifdReply.Read(new BlobReader(buffer.Written));
    }
}
