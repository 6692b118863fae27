using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config;

/// <summary>The names that netifd and its protocol handlers give to devices.</summary>
public class NetworkGuessTests
{
    [Theory]
    [InlineData("static", "eth0", "eth0")]
    [InlineData("dhcp", "br-lan.20", "br-lan.20")]
    [InlineData("none", null, null)]
    [InlineData("static", "@other", "pppoe-other")]
    [InlineData("dhcpv6", "@alias", "pppoe-other")]
    [InlineData("pppoe", "eth0.7", "pppoe-net")]
    [InlineData("pppoe", "@other", "pppoe-net")]
    [InlineData("pppoa", null, "pppoa-net")]
    [InlineData("ppp", "/dev/ttyS0", "ppp-net")]
    [InlineData("3g", "/dev/ttyUSB0", "3g-net")]
    [InlineData("pptp", null, "pptp-net")]
    [InlineData("l2tp", null, "l2tp-net")]
    [InlineData("6in4", null, "6in4-net")]
    [InlineData("6to4", null, "6to4-net")]
    [InlineData("6rd", null, "6rd-net")]
    [InlineData("map", null, "map-net")]
    [InlineData("ipip", null, "ipip-net")]
    [InlineData("ipip6", null, "ipip6-net")]
    [InlineData("vti", null, "vti-net")]
    [InlineData("vti6", null, "vti6-net")]
    [InlineData("464xlat", null, "464-net")]
    [InlineData("dslite", null, "ds-net")]
    [InlineData("gre", null, "gre4-net")]
    [InlineData("gretap", null, "gre4t-net")]
    [InlineData("grev6", null, "gre6-net")]
    [InlineData("grev6tap", null, "gre6t-net")]
    [InlineData("openconnect", null, "vpn-net")]
    [InlineData("bonding", null, "bond-net")]
    [InlineData("wireguard", null, "net")]
    [InlineData("amneziawg", null, "net")]
    [InlineData("vxlan", null, "net")]
    [InlineData("vxlan6", null, "net")]
    [InlineData("xfrm", null, "net")]
    [InlineData("unet", null, "net")]
    [InlineData("unet", "un0", "un0")]
    [InlineData("openvpn", "tun0", "tun0")]
    [InlineData("qmi", "/dev/cdc-wdm0", null)]
    [InlineData("mbim", "/dev/cdc-wdm0", null)]
    [InlineData("ncm", "/dev/ttyUSB0", null)]
    [InlineData("directip", "/dev/ttyUSB0", null)]
    [InlineData("wwan", "/dev/cdc-wdm0", null)]
    [InlineData("modemmanager", "/sys/devices/x", null)]
    [InlineData("relay", null, null)]
    public void A_network_has_the_device_that_its_protocol_gives_it(string proto, string? device, string? expected)
    {
        NetworkInterface other = new("other", "pppoe", "eth1", false);
        NetworkInterface alias = new("alias", "static", "@other", false);

        var devices = NetworkGuess.From(new([new("net", proto, device, false), other, alias], []));

        Assert.Equal(expected is null ? null : new NetworkBinding("net", expected, BindingSource.Guessed), devices.Find("net"));
    }

    [Fact]
    public void An_alias_of_a_network_without_a_device_has_none()
    {
        var config = new NetworkConfig([new("lte", "qmi", "/dev/cdc-wdm0", false), new("lte6", "dhcpv6", "@lte", false)], []);

        Assert.Empty(NetworkGuess.From(config).Bindings);
        Assert.Null(NetworkGuess.AliasComplaint(config.Interfaces[1], config));
    }

    [Fact]
    public void A_disabled_network_has_no_device() =>
        Assert.Empty(NetworkGuess.From(new([new("lan", "static", "br-lan", true)], [])).Bindings);

    [Fact]
    public void A_better_source_goes_first()
    {
        NetworkDevices known = new([new("wan", "pppoe-wan", BindingSource.Fw4State)]);
        NetworkDevices guessed = new([new("lan", "br-lan", BindingSource.Guessed), new("wan", "wan.7", BindingSource.Guessed)]);

        Assert.Equal(
            [new("wan", "pppoe-wan", BindingSource.Fw4State), new("lan", "br-lan", BindingSource.Guessed)], known.Or(guessed).Bindings);
        Assert.Null(known.Find("lan"));
    }
}
