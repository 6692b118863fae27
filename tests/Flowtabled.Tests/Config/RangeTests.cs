using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config;

/// <summary>Hosts and ports: what they hold, and how several become elements that do not overlap.</summary>
public class RangeTests
{
    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8", "10.255.255.255", "11.0.0.0")]
    [InlineData("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")]
    [InlineData("192.0.2.1/32", "192.0.2.1", "192.0.2.1", "192.0.2.0")]
    [InlineData("2001:db8::7/33", "2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::")]
    [InlineData("::/0", "::/0", "ff02::1", "0.0.0.0")]
    public void A_host_or_network_holds_its_addresses(string text, string canonical, string inside, string outside)
    {
        var range = HostRange.TryParse(text)!;
        Assert.Equal(canonical, range.ToString());
        Assert.True(range.Contains(Bytes(inside)));
        Assert.False(range.Contains(Bytes(outside)));
        Assert.Equal(canonical, HostRange.Between(range.First, range.Last)!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.1")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.010")]
    [InlineData("fe80::1%lan")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[2001:db8::1]:443")]
    [InlineData("::1/129")]
    [InlineData("router")]
    public void Anything_else_is_no_host(string text) => Assert.Null(HostRange.TryParse(text));

    [Fact]
    public void Networks_within_networks_go()
    {
        string[] all = ["2001:db8::/32", "10.1.0.0/16", "192.0.2.1", "10.0.0.0/8", "2001:db8::1", "10.0.0.0/9", "10.0.0.0/8"];
        Assert.Equal(
            ["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"],
            HostRange.Merge(all.Select(static text => HostRange.TryParse(text)!)).Select(static range => range.ToString()));
    }

    [Theory]
    [InlineData("80 443 22", "22 80 443")]
    [InlineData("85-100 80-90 91", "80-100")]
    [InlineData("80 81 82-90", "80-90")]
    [InlineData("0-65535 5", "0-65535")]
    public void Ports_join(string all, string merged) => Assert.Equal(
        merged, string.Join(' ', PortRange.Merge(all.Split(' ').Select(static text => PortRange.TryParse(text)!))));

    [Theory]
    [InlineData("10.0.0.5", 9, true)]
    [InlineData("2001:db8::5", 9, true)]
    [InlineData("192.0.2.1", 443, true)]
    [InlineData("192.0.2.1", 5_000, true)]
    [InlineData("192.0.2.1", 6_000, true)]
    [InlineData("192.0.2.1", 442, false)]
    [InlineData("192.0.2.1", 444, false)]
    [InlineData("192.0.2.1", 4_999, false)]
    [InlineData("192.0.2.1", 6_001, false)]
    [InlineData("192.0.2.1", null, false)]
    public void An_exclusion_names_an_end_by_its_host_or_its_port(string address, int? port, bool named)
    {
        var exclusion = new NamedExclusion("x", [])
        {
            Hosts = [HostRange.TryParse("10.0.0.0/8")!, HostRange.TryParse("2001:db8::/32")!],
            Ports = [PortRange.TryParse("443")!, PortRange.TryParse("5000-6000")!],
        };
        Assert.Equal(named, exclusion.Names(Bytes(address), (ushort?)port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("90-80")]
    [InlineData("65536")]
    [InlineData("http")]
    public void Anything_else_is_no_port(string text) => Assert.Null(PortRange.TryParse(text));

    private static byte[] Bytes(string address) => System.Net.IPAddress.Parse(address).GetAddressBytes();
}
