namespace Flowtabled.Ubus;

/// <summary>Hears how a connection fares.</summary>
public interface IUbusListener
{
    /// <summary>ubusd has greeted us; what is published and subscribed to is being told to it.</summary>
    void Connected();

    /// <summary>The connection is lost; another is tried every second.</summary>
    /// <param name="reason">Why: in words, without a full stop.</param>
    void Lost(string reason);

    /// <summary>ubusd refuses something that was to be published or heard.</summary>
    /// <param name="what">What: <c>object flowtabled</c>.</param>
    /// <param name="status">Why.</param>
    void Refused(string what, UbusStatus status);
}
