using System.Text;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Tests.Topology;

public class DeviceNameTests
{
    [Theory]
    [InlineData("eth0")]
    [InlineData("br-lan.20")]
    [InlineData("a")]
    [InlineData("123456789012345")]
    [InlineData("...")]
    [InlineData("a\"b\\c*")]
    [InlineData("\u0001\u007F\u00FF")]
    public void The_kernel_takes(string name) => Assert.True(DeviceName.IsLegal(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("1234567890123456")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("a\u000Bb")]
    [InlineData("a\rb")]
    [InlineData("a\u00A0b")]
    [InlineData("a\0b")]
    [InlineData("a\u0100b")]
    public void The_kernel_refuses(string name) => Assert.False(DeviceName.IsLegal(name));

    [Fact]
    public void Any_bytes_come_back_as_they_were()
    {
        var bytes = Enumerable.Range(1, 255).Select(static i => (byte)i).ToArray();

        Assert.Equal(bytes, DeviceName.ToBytes(DeviceName.FromBytes(bytes)));
    }

    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("küche", "küche")]
    [InlineData("日本", "日本")]
    [InlineData("a\u001B[2Jb", @"a\x1b[2Jb")]
    [InlineData(@"a\x41", @"a\x5cx41")]
    [InlineData("a\u202Eb", @"a\xe2\x80\xaeb")]
    [InlineData("a\u0085b", @"a\xc2\x85b")]
    public void Utf8_is_shown_as_text_and_nothing_steers_a_terminal(string text, string shown) =>
        Assert.Equal(shown, DeviceName.Display(DeviceName.FromBytes(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData(new byte[] { 0x61, 0xFF, 0x62 }, @"a\xffb")]
    [InlineData(new byte[] { 0xC3 }, @"\xc3")]
    [InlineData(new byte[] { 0xC3, 0xA4, 0xC3 }, @"ä\xc3")]
    public void Bytes_that_are_no_utf8_are_shown_as_numbers(byte[] bytes, string shown) =>
        Assert.Equal(shown, DeviceName.Display(DeviceName.FromBytes(bytes)));
}
