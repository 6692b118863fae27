using System.Globalization;
using System.Reflection;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

/// <summary>What cannot be a message is not written.</summary>
public class WriterTests
{
    [Fact]
    public void An_attribute_has_at_most_65535_bytes()
    {
        Assert.Equal(65536, Write(writer => writer.WriteBytes(3, new byte[65531]))); // And a byte of padding.
        Assert.Equal(
            "attribute 3 would have 65536 bytes; netlink allows 65535",
            Assert.Throws<ArgumentException>(() => Write(writer => writer.WriteBytes(3, new byte[65532]))).Message);
    }

    [Fact]
    public void A_nest_has_at_most_65535_bytes()
    {
        Assert.Equal(65532, Nest(65524));
        Assert.Equal("attribute 4 would have 65540 bytes; netlink allows 65535", Assert.Throws<ArgumentException>(() => Nest(65531)).Message);

        static int Nest(int size) => Write(writer =>
        {
            var nest = writer.BeginNest(4);
            writer.WriteBytes(3, new byte[size]);
            writer.EndNest(nest);
        });
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\u0100")]
    public void A_string_has_bytes_other_than_NUL(string text) => Assert.Equal(
        "attribute 1: a kernel string is bytes 0x01 to 0xff",
        Assert.Throws<ArgumentException>(() => Write(writer => writer.WriteString(1, text))).Message);

    [Fact]
    public void The_resource_of_nfnetlink_is_in_network_byte_order()
    {
        var buffer = new MessageBuffer();
        var writer = new MessageWriter(buffer);
        writer.End(writer.Begin(16, 0, 0, new NfGenMessage(2, 0x0a0b)));
        Assert.Equal([2, 0, 0x0a, 0x0b], buffer.Written[NetlinkHeader.Size..].ToArray());
    }

    [Fact]
    public void Every_error_number_has_its_name()
    {
        var numbers = typeof(Errno).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).ToArray();
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Select(field => field.Name), numbers.Select(field => Errno.Name(Convert.ToInt32(field.GetRawConstantValue(), CultureInfo.InvariantCulture))));
    }

    private delegate void Use(MessageWriter writer);

    private static int Write(Use use)
    {
        var buffer = new MessageBuffer();
        use(new MessageWriter(buffer));
        return buffer.Length;
    }
}
