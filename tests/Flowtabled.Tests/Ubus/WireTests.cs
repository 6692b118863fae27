using System.Text;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Ubus;

/// <summary>The recorded exchanges: all of them are understood, and what we write for the same is the same to the byte.</summary>
public class WireTests
{
    public static TheoryData<string> Recordings => new(WireRecording.Names);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_message_is_understood_and_written_again(string name)
    {
        Assert.NotEmpty(WireRecording.Messages(name, sent: true));
        Assert.All(WireRecording.Messages(name, sent: true), frame => Assert.Equal(Convert.ToHexString(frame), Convert.ToHexString(Rewrite(frame))));
        // netifd sends flags as they are in a bit field, 2 or 3 for true; we write 1.
        Assert.All(WireRecording.Messages(name, sent: false), frame =>
            Assert.All(frame.Zip(Rewrite(frame)), pair => Assert.True(pair.First == pair.Second || pair is (2 or 3, 1))));
    }

    [Theory]
    [InlineData("call-noargs")]
    [InlineData("call-args")]
    public void An_answer_is_what_the_client_printed(string name)
    {
        var answer = WireRecording.Messages(name, sent: false).Last(frame => new UbusMessage(frame) is { Type: UbusMessageType.Data, HasData: true });

        Assert.Equal(Assert.Single(WireRecording.Output(name)), BlobText.Of(new UbusMessage(answer).Data));
    }

    [Theory]
    [InlineData("subscribe-network-interface")]
    [InlineData("subscribe-network-device")]
    [InlineData("subscribe-service-config-change")]
    [InlineData("listen")]
    [InlineData("listen-network-interface")]
    public void Notifications_and_events_are_what_the_client_printed(string name)
    {
        var heard = new List<string>();
        foreach (var frame in WireRecording.Messages(name, sent: false))
        {
            var message = new UbusMessage(frame);
            if (message.Type == UbusMessageType.Invoke)
                heard.Add($$"""{ "{{Encoding.ASCII.GetString(message.Method)}}": {{BlobText.Of(message.Data)}} }""");
        }

        Assert.Equal(WireRecording.Output(name), heard);
    }

    [Fact]
    public void Json_becomes_what_ubus_makes_of_it()
    {
        const string Json = """{"s":"str","empty":"","i":1,"neg":-2,"big":9999999999,"b":true,"f":false,"d":1.5,"null":null,"arr":[1,"two",true],"tbl":{"x":{"y":"z"}}}""";
        var frame = Assert.Single(WireRecording.Messages("send-all-types", sent: true));
        var buffer = new BlobBuffer();
        var message = UbusMessage.Begin(buffer, UbusMessageType.Invoke, 1, 1);
        var writer = new BlobWriter(buffer);
        writer.WriteUInt32(UbusField.ObjectId, 1);
        writer.WriteString(UbusField.Method, "send"u8);
        var data = writer.BeginNest(UbusField.Data);
        writer.AddString("id"u8, "my.event");
        var table = writer.BeginTable("data"u8);
        BlobJson.Add(writer, Encoding.UTF8.GetBytes(Json));
        writer.EndNest(table);
        writer.EndNest(data);
        writer.EndNest(message);

        Assert.Equal(Convert.ToHexString(frame), Convert.ToHexString(buffer.Written));
        Assert.Equal($$"""{"id":"my.event","data":{{Json}}}""", BlobText.Of(new UbusMessage(frame).Data));
    }

    [Fact]
    public void Json_with_escapes_is_unescaped()
    {
        var buffer = new BlobBuffer();
        BlobJson.Add(new BlobWriter(buffer), """{"a\n":"\u00e4\"","n":1e3}"""u8);

        var reader = new BlobReader(buffer.Written);
        Assert.True(reader.Read());
        Assert.Equal(("a\n", "ä\""), (Encoding.UTF8.GetString(reader.Name), Encoding.UTF8.GetString(reader.GetStringBytes())));
        Assert.True(reader.Read());
        Assert.Equal(1000, reader.GetDouble());
        Assert.False(reader.Read());
    }

    /// <summary>The message as our writer makes it of what our reader took from it.</summary>
    private static byte[] Rewrite(byte[] frame)
    {
        var message = new UbusMessage(frame);
        var buffer = new BlobBuffer();
        var outer = UbusMessage.Begin(buffer, message.Type, message.Sequence, message.Peer);
        Copy(new BlobWriter(buffer), message.Attributes, isMessage: true);
        new BlobWriter(buffer).EndNest(outer);
        return buffer.Written.ToArray();
    }

    private static void Copy(BlobWriter writer, BlobReader reader, bool isMessage)
    {
        while (reader.Read())
        {
            if (isMessage)
                CopyField(writer, reader);
            else
                CopyNamed(writer, reader);
        }
    }

    private static void CopyField(BlobWriter writer, BlobReader field)
    {
        switch (field.Id)
        {
            case UbusField.ObjectPath or UbusField.Method or UbusField.User or UbusField.Group:
                writer.WriteString(field.Id, field.GetStringBytes());
                break;
            case UbusField.Active or UbusField.NoReply:
                writer.WriteByte(field.Id, field.GetByte());
                break;
            case UbusField.Subscribers:
                var subscribers = writer.BeginNest(field.Id);
                for (var subscriber = field.GetNested(); subscriber.Read();)
                    writer.WriteUInt32(subscriber.Id, subscriber.GetUInt32());
                writer.EndNest(subscribers);
                break;
            case UbusField.Signature or UbusField.Data:
                var nest = writer.BeginNest(field.Id);
                Copy(writer, field.GetNested(), isMessage: false);
                writer.EndNest(nest);
                break;
            default:
                writer.WriteUInt32(field.Id, field.GetUInt32());
                break;
        }
    }

    private static void CopyNamed(BlobWriter writer, BlobReader item)
    {
        switch (item.Type)
        {
            case BlobType.Table:
                var table = writer.BeginTable(item.Name);
                Copy(writer, item.GetTable(), isMessage: false);
                writer.EndNest(table);
                break;
            case BlobType.Array:
                var array = writer.BeginArray(item.Name);
                Copy(writer, item.GetArray(), isMessage: false);
                writer.EndNest(array);
                break;
            case BlobType.Text:
                writer.AddString(item.Name, item.GetStringBytes());
                break;
            case BlobType.Number64:
                writer.AddInt64(item.Name, item.GetInteger());
                break;
            case BlobType.Number32:
                writer.AddInt32(item.Name, (int)item.GetInteger());
                break;
            case BlobType.Number16:
                writer.AddInt16(item.Name, (short)item.GetInteger());
                break;
            case BlobType.Boolean:
                writer.AddBoolean(item.Name, item.GetBoolean());
                break;
            case BlobType.Fraction:
                writer.AddDouble(item.Name, item.GetDouble());
                break;
            default:
                writer.AddNull(item.Name);
                break;
        }
    }
}
