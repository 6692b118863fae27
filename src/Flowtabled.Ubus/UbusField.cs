namespace Flowtabled.Ubus;

/// <summary>The attributes of messages (<c>enum ubus_msg_attr</c>; ubus, ubusmsg.h).</summary>
internal static class UbusField
{
    public const byte Status = 1;
    public const byte ObjectPath = 2;
    public const byte ObjectId = 3;
    public const byte Method = 4;
    public const byte ObjectType = 5;
    public const byte Signature = 6;
    public const byte Data = 7;
    public const byte Target = 8;
    public const byte Active = 9;
    public const byte NoReply = 10;
    public const byte Subscribers = 11;
    public const byte User = 12;
    public const byte Group = 13;
}
