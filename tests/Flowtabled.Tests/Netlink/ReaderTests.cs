using System.Runtime.InteropServices;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

/// <summary>What is malformed is refused where it is met, with its place.</summary>
public class ReaderTests
{
    private const ushort Type = 0x0a03;

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    public void A_message_shorter_than_its_header_is_refused(int length)
    {
        var datagram = KernelMessage.Together(Message(), WithLength(Message(), length));
        var reader = new MessageReader(datagram);
        Assert.True(reader.Read());
        Assert.Equal(
            $"netlink message 0x0a03 at byte {Message().Length}: needs 16 bytes, {length} are left",
            Refusal(datagram, (ref MessageReader message) => message.Read()).Message);
    }

    [Theory]
    [InlineData(21, 21)]
    [InlineData(uint.MaxValue, int.MaxValue)]
    public void A_message_longer_than_the_datagram_is_refused(uint length, int told) => Assert.Equal(
        $"netlink message 0x0a03 at byte 0: needs {told} bytes, 20 are left",
        Refusal(WithLength(Message(), unchecked((int)length)), (ref MessageReader _) => { }).Message);

    [Fact]
    public void A_header_that_is_cut_is_refused() => Assert.Equal(
        "netlink message 0x0000 at byte 0: needs 16 bytes, 15 are left",
        Refusal(Message()[..15], (ref MessageReader _) => { }).Message);

    [Fact]
    public void A_message_without_its_fixed_header_is_refused()
    {
        const string Text = "netlink message 0x0a03 at byte 16: needs 4 bytes, 3 are left";
        var message = KernelMessage.Frame(Type, 0, 0, 0, [1, 2, 3]);
        Assert.Equal(Text, Refusal(message, (ref MessageReader reader) => reader.Fixed<NfGenMessage>()).Message);
        Assert.Equal(Text, Refusal(message, (ref MessageReader reader) => reader.Attributes(NfGenMessage.Size)).Message);
    }

    [Theory]
    [InlineData("0300", "attribute 7 at byte 20: length 3 is less than an attribute's header")]
    [InlineData("0900", "attribute 7 at byte 20: length 9 overruns the 8 bytes that are left")]
    public void An_attribute_of_a_wrong_length_is_refused(string length, string reason)
    {
        var refusal = Refusal(Message(Convert.FromHexString(length + "0740" + "01020304")), ReadAll);
        Assert.Equal("netlink message 0x0a03, " + reason, refusal.Message);
        Assert.Equal((Type, (ushort?)7, 20), (refusal.MessageType, refusal.AttributeType, refusal.Offset));
    }

    [Fact]
    public void An_attributes_header_that_is_cut_is_refused() => Assert.Equal(
        "netlink message 0x0a03 at byte 28: 3 bytes are left, less than an attribute's header",
        Refusal(Message([8, 0, 7, 0, 1, 2, 3, 4, 5, 6, 7]), ReadAll).Message);

    [Fact]
    public void The_padding_of_the_last_attribute_may_be_missing() =>
        Assert.Equal([1, 2, 3, 4, 5], Values(Message([9, 0, 7, 0, 1, 2, 3, 4, 5])));

    [Fact]
    public void A_value_of_another_size_is_refused()
    {
        string[] refusals =
        [
            Size((ref AttributeReader attribute) => attribute.GetByte()),
            Size((ref AttributeReader attribute) => attribute.GetUInt16()),
            Size((ref AttributeReader attribute) => attribute.GetUInt16BigEndian()),
            Size((ref AttributeReader attribute) => attribute.GetUInt32()),
            Size((ref AttributeReader attribute) => attribute.GetUInt32BigEndian()),
            Size((ref AttributeReader attribute) => attribute.GetInt32()),
            Size((ref AttributeReader attribute) => attribute.GetInt32BigEndian()),
            Size((ref AttributeReader attribute) => attribute.GetUInt64()),
            Size((ref AttributeReader attribute) => attribute.GetUInt64BigEndian()),
        ];
        int[] sizes = [1, 2, 2, 4, 4, 4, 4, 8, 8];
        Assert.Equal(sizes.Select(size => $"netlink message 0x0a03, attribute 7 at byte 24: value has 5 bytes, expected {size}"), refusals);
    }

    [Fact]
    public void Numbers_are_read_in_the_byte_order_of_the_methods_name()
    {
        var reader = new MessageReader(Message([12, 0, 7, 0, 0xff, 2, 3, 4, 5, 6, 7, 8]));
        reader.Read();
        var attributes = reader.Attributes(NfGenMessage.Size);
        attributes.Read();
        var four = new AttributeReader([8, 0, 1, 0, 0xff, 2, 3, 4], Type, 0);
        four.Read();
        var two = new AttributeReader([6, 0, 1, 0, 0xff, 2], Type, 0);
        two.Read();
        Assert.Equal(0xff02030405060708, attributes.GetUInt64BigEndian());
        Assert.Equal(MemoryMarshal.Read<ulong>([0xff, 2, 3, 4, 5, 6, 7, 8]), attributes.GetUInt64());
        Assert.Equal((0xff020304, unchecked((int)0xff020304)), (four.GetUInt32BigEndian(), four.GetInt32BigEndian()));
        Assert.Equal(MemoryMarshal.Read<int>([0xff, 2, 3, 4]), four.GetInt32());
        Assert.Equal((0xff02, MemoryMarshal.Read<ushort>([0xff, 2])), (two.GetUInt16BigEndian(), two.GetUInt16()));
    }

    private delegate void Use(ref MessageReader message);

    private delegate void Take(ref AttributeReader attribute);

    private static byte[] Message(params byte[] attributes) => KernelMessage.Frame(Type, 0, 0, 0, [2, 0, 0, 0, .. attributes]);

    private static byte[] WithLength(byte[] message, int length)
    {
        MemoryMarshal.Write(message, length);
        return message;
    }

    private static NetlinkFormatException Refusal(byte[] datagram, Use use) => Assert.Throws<NetlinkFormatException>(() =>
    {
        var reader = new MessageReader(datagram);
        reader.Read();
        use(ref reader);
    });

    private static string Size(Take take) => Refusal(Message([9, 0, 7, 0, 1, 2, 3, 4, 5]), (ref MessageReader message) =>
    {
        var attributes = message.Attributes(NfGenMessage.Size);
        attributes.Read();
        take(ref attributes);
    }).Message;

    private static byte[] Values(byte[] datagram)
    {
        var values = new List<byte>();
        var reader = new MessageReader(datagram);
        reader.Read();
        var attributes = reader.Attributes(NfGenMessage.Size);
        while (attributes.Read())
            values.AddRange(attributes.Value);
        return [.. values];
    }

    private static void ReadAll(ref MessageReader message)
    {
        var attributes = message.Attributes(NfGenMessage.Size);
        while (attributes.Read())
            continue;
    }
}
