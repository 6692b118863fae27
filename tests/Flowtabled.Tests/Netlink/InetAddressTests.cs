using System.Net;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

public class InetAddressTests
{
    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("255.255.255.255")]
    [InlineData("0.0.0.0")]
    [InlineData("2001:db8::1")]
    [InlineData("::")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void Bytes_and_text_come_back(string text)
    {
        var bytes = IPAddress.Parse(text).GetAddressBytes();

        var address = InetAddress.FromBytes(bytes);

        var copy = new byte[address.Size];
        address.CopyTo(copy);
        Assert.Equal(bytes, copy);
        Assert.Equal(text, address.ToString());
        Assert.Equal(text.Contains(':'), address.IsV6);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:DB8:0::1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("", null)]
    [InlineData("1", null)]
    [InlineData("192.168.1", null)]
    [InlineData("192.168.1.010", null)]
    [InlineData("0xc0000201", null)]
    [InlineData("192.0.2.1/32", null)]
    [InlineData("fe80::1%1", null)]
    [InlineData("[2001:db8::1]", null)]
    [InlineData("[2001:db8::1]:443", null)]
    [InlineData("router", null)]
    public void A_text_is_an_address_as_people_write_it(string text, string? address) => Assert.Equal(address, InetAddress.TryParse(text)?.ToString());

    [Fact]
    public void Addresses_of_two_families_differ() =>
        Assert.NotEqual(InetAddress.FromBytes(new byte[4]), InetAddress.FromBytes(new byte[16]));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(17)]
    public void Other_lengths_are_refused(int length) => Assert.Throws<ArgumentException>(() => InetAddress.FromBytes(new byte[length]));
}
