using System.Buffers.Binary;

namespace Flowtabled.Ubus;

/// <summary>
/// A message: <c>u8 version, u8 type, be16 sequence, be32 peer</c> (ubus, ubusmsg.h), then one attribute of id 0 that holds the
/// others. Those are read once, in the constructor; unknown ones are passed over, and of one that comes twice the last counts.
/// </summary>
public readonly ref struct UbusMessage
{
    /// <summary>The header's size.</summary>
    public const int HeaderSize = 8;

    /// <summary>The longest message that ubusd passes on, without the header (UBUS_MAX_MSGLEN).</summary>
    public const int MaxLength = 1 << 20;

    internal const int LengthSize = 4;

    /// <param name="frame">The whole message and nothing else.</param>
    /// <exception cref="UbusFormatException">It is none.</exception>
    public UbusMessage(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < HeaderSize + LengthSize)
            throw new UbusFormatException("message", 0, $"has {frame.Length} bytes, less than a header");
        if (FrameLength(frame) != frame.Length)
            throw new UbusFormatException("message", HeaderSize, $"has {frame.Length} bytes, not what it says");
        Type = (UbusMessageType)frame[1];
        Sequence = BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);
        Peer = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]);
        Attributes = new BlobReader(frame[(HeaderSize + LengthSize)..], HeaderSize + LengthSize);
        var reader = Attributes;
        while (reader.Read())
        {
            switch (reader.Id)
            {
                case UbusField.Status:
                    Status = (UbusStatus)reader.GetUInt32();
                    break;
                case UbusField.ObjectPath:
                    Path = reader.GetStringBytes();
                    break;
                case UbusField.ObjectId:
                    ObjectId = reader.GetUInt32();
                    break;
                case UbusField.Method:
                    Method = reader.GetStringBytes();
                    break;
                case UbusField.ObjectType:
                    ObjectType = reader.GetUInt32();
                    break;
                case UbusField.Signature:
                    Signature = reader.GetNested();
                    break;
                case UbusField.Data:
                    Data = reader.GetNested();
                    HasData = true;
                    break;
                case UbusField.Target:
                    Target = reader.GetUInt32();
                    break;
                case UbusField.Active:
                    IsActive = reader.GetByte() != 0;
                    break;
                case UbusField.NoReply:
                    IsNoReply = reader.GetByte() != 0;
                    break;
                case UbusField.Subscribers:
                    Subscribers = reader.GetNested();
                    break;
                case UbusField.User:
                    User = reader.GetStringBytes();
                    break;
                case UbusField.Group:
                    Group = reader.GetStringBytes();
                    break;
            }
        }
    }

    /// <summary>What it is.</summary>
    public UbusMessageType Type { get; }

    /// <summary>The number by which an answer belongs to its request.</summary>
    public ushort Sequence { get; }

    /// <summary>Whom it comes from or is for: a client's or an object's number.</summary>
    public uint Peer { get; }

    /// <summary>Every attribute, unread.</summary>
    public BlobReader Attributes { get; }

    /// <summary>How a request ended, or null.</summary>
    public UbusStatus? Status { get; }

    /// <summary>An object's path; empty without one.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>An object's number, or null.</summary>
    public uint? ObjectId { get; }

    /// <summary>The name of a method, a notification or an event; empty without one.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>The number of an object's signature, or null.</summary>
    public uint? ObjectType { get; }

    /// <summary>An object's methods: a table for each, in which an integer for each parameter is its <see cref="BlobType"/>.</summary>
    public BlobReader Signature { get; }

    /// <summary>Parameters, or an answer.</summary>
    public BlobReader Data { get; }

    /// <summary>Whether there are parameters or an answer, if only empty ones.</summary>
    public bool HasData { get; }

    /// <summary>The number of the object that is subscribed to, or null.</summary>
    public uint? Target { get; }

    /// <summary>Whether somebody is subscribed, or null.</summary>
    public bool? IsActive { get; }

    /// <summary>Whether no answer is wanted.</summary>
    public bool IsNoReply { get; }

    /// <summary>The numbers of the clients that were notified.</summary>
    public BlobReader Subscribers { get; }

    /// <summary>The user that calls; empty when ubusd does not say.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>The group that calls; empty when ubusd does not say.</summary>
    public ReadOnlySpan<byte> Group { get; }

    /// <summary>How long the message is that begins here, header included; null when not enough is there to tell.</summary>
    /// <exception cref="UbusFormatException">No message begins so.</exception>
    public static int? FrameLength(ReadOnlySpan<byte> start)
    {
        if (start.Length > 0 && start[0] != 0)
            throw new UbusFormatException("message", 0, $"version {start[0]}, only 0 is known");
        if (start.Length < HeaderSize + LengthSize)
            return null;
        var head = BinaryPrimitives.ReadUInt32BigEndian(start[HeaderSize..]);
        var length = head & BlobReader.LengthMask;
        if (head > BlobReader.LengthMask || length < LengthSize || length > MaxLength)
            throw new UbusFormatException("message", HeaderSize, $"its length is 0x{head:x8}, from {LengthSize} to {MaxLength} are allowed");
        return HeaderSize + BlobReader.Align((int)length);
    }

    /// <summary>Begins a message in <paramref name="buffer"/>; <see cref="BlobWriter.EndNest"/> ends it.</summary>
    internal static BlobWriter.Nest Begin(BlobBuffer buffer, UbusMessageType type, ushort sequence, uint peer)
    {
        var header = buffer.Append(HeaderSize);
        header[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], peer);
        return new BlobWriter(buffer).BeginNest(0);
    }
}
