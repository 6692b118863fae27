namespace Flowtabled.Ubus;

/// <summary>What a message is (<c>enum ubus_msg_type</c>; ubus, ubusmsg.h).</summary>
public enum UbusMessageType : byte
{
    /// <summary>ubusd's first: its peer is our number.</summary>
    Hello = 0,

    /// <summary>How a request ended.</summary>
    Status = 1,

    /// <summary>An answer; more may follow, and a <see cref="Status"/> does.</summary>
    Data = 2,

    /// <summary>Asks for its content back.</summary>
    Ping = 3,

    /// <summary>Asks for objects by path.</summary>
    Lookup = 4,

    /// <summary>Calls a method, or delivers a notification or an event.</summary>
    Invoke = 5,

    /// <summary>Adds an object.</summary>
    AddObject = 6,

    /// <summary>Removes an object.</summary>
    RemoveObject = 7,

    /// <summary>Asks for an object's notifications.</summary>
    Subscribe = 8,

    /// <summary>Asks for them no longer; from ubusd: the object has gone.</summary>
    Unsubscribe = 9,

    /// <summary>Notifies an object's subscribers; from ubusd: whether it has any.</summary>
    Notify = 10,

    /// <summary>What others say, for those who monitor.</summary>
    Monitor = 11,
}
