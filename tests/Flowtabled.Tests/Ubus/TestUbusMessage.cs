using System.Buffers.Binary;
using System.Text;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Ubus;

/// <summary>The messages that ubusd sends, attribute by attribute in the order that was recorded.</summary>
internal static class TestUbusMessage
{
    private delegate void Fields(BlobWriter writer);

    public static byte[] Of(UbusMessageType type, ushort sequence, uint peer, ReadOnlySpan<byte> attributes = default)
    {
        var buffer = new BlobBuffer();
        var message = UbusMessage.Begin(buffer, type, sequence, peer);
        buffer.Append(attributes);
        new BlobWriter(buffer).EndNest(message);
        return buffer.Written.ToArray();
    }

    public static byte[] Status(ushort sequence, uint peer, UbusStatus status) =>
        Of(UbusMessageType.Status, sequence, peer, writer => writer.WriteUInt32(UbusField.Status, (uint)status));

    public static byte[] Number(UbusMessageType type, ushort sequence, uint peer, uint id) =>
        Of(type, sequence, peer, writer => writer.WriteUInt32(UbusField.ObjectId, id));

    public static byte[] Active(ushort sequence, uint id, bool active) => Of(UbusMessageType.Notify, sequence, 0, writer =>
    {
        writer.WriteUInt32(UbusField.ObjectId, id);
        writer.WriteByte(UbusField.Active, active ? (byte)1 : (byte)0);
    });

    public static byte[] Gone(ushort sequence, uint subscriber, uint target) => Of(UbusMessageType.Unsubscribe, sequence, 0, writer =>
    {
        writer.WriteUInt32(UbusField.ObjectId, subscriber);
        writer.WriteUInt32(UbusField.Target, target);
    });

    public static byte[] Description(ushort sequence, TestUbusObject item) => Of(UbusMessageType.Data, sequence, 0, writer =>
    {
        writer.WriteString(UbusField.ObjectPath, Encoding.UTF8.GetBytes(item.Path!));
        writer.WriteUInt32(UbusField.ObjectId, item.Id);
        writer.WriteUInt32(UbusField.ObjectType, 7);
        writer.WriteNested(UbusField.Signature, item.Signature);
    });

    public static byte[] Call(UbusMessage call, uint caller)
    {
        var (id, method, data) = (call.ObjectId!.Value, call.Method.ToArray(), Field(call, UbusField.Data));
        return Of(UbusMessageType.Invoke, call.Sequence, caller, writer =>
        {
            writer.WriteUInt32(UbusField.ObjectId, id);
            writer.WriteString(UbusField.Method, method);
            writer.WriteString(UbusField.User, "root"u8);
            writer.WriteString(UbusField.Group, "root"u8);
            writer.WriteNested(UbusField.Data, data);
        });
    }

    public static byte[] Notification(ushort sequence, uint sender, uint subscriber, UbusMessage notification)
    {
        var (method, data, isNoReply) = (notification.Method.ToArray(), Field(notification, UbusField.Data), notification.IsNoReply);
        return Of(UbusMessageType.Invoke, sequence, sender, writer =>
        {
            if (isNoReply)
                writer.WriteByte(UbusField.NoReply, 1);
            writer.WriteUInt32(UbusField.ObjectId, subscriber);
            writer.WriteString(UbusField.Method, method);
            writer.WriteString(UbusField.User, "root"u8);
            writer.WriteString(UbusField.Group, "root"u8);
            writer.WriteNested(UbusField.Data, data);
        });
    }

    public static byte[] Event(ushort sequence, uint listener, string name, TestUbusObject item) => Of(UbusMessageType.Invoke, sequence, 0, writer =>
    {
        writer.WriteUInt32(UbusField.ObjectId, listener);
        writer.WriteString(UbusField.Method, Encoding.UTF8.GetBytes(name));
        var data = writer.BeginNest(UbusField.Data);
        writer.AddInt32("id"u8, (int)item.Id);
        writer.AddString("path"u8, item.Path!);
        writer.EndNest(data);
    });

    /// <summary>An answer on its way to the caller: its peer is now the object.</summary>
    public static byte[] Routed(byte[] answer, uint id)
    {
        byte[] routed = [.. answer];
        BinaryPrimitives.WriteUInt32BigEndian(routed.AsSpan(4), id);
        return routed;
    }

    public static byte[] Field(UbusMessage message, byte id)
    {
        for (var reader = message.Attributes; reader.Read();)
        {
            if (reader.Id == id)
                return reader.Value.ToArray();
        }

        return [];
    }

    private static byte[] Of(UbusMessageType type, ushort sequence, uint peer, Fields fields)
    {
        var buffer = new BlobBuffer();
        var message = UbusMessage.Begin(buffer, type, sequence, peer);
        var writer = new BlobWriter(buffer);
        fields(writer);
        writer.EndNest(message);
        return buffer.Written.ToArray();
    }
}
