namespace Flowtabled.Ubus;

/// <summary>Answers a call of a method: at once or later, by <see cref="UbusConnection.Reply"/> and <see cref="UbusConnection.Complete"/>.</summary>
/// <param name="call">Whom to answer.</param>
/// <param name="method">The method's name, one of the object's.</param>
/// <param name="arguments">Its parameters as the caller gave them: nobody has checked them.</param>
/// <exception cref="UbusFormatException">The parameters are malformed: the caller is told that they are invalid.</exception>
public delegate void UbusCallHandler(UbusCall call, ReadOnlySpan<byte> method, BlobReader arguments);

/// <summary>Hears of a notification or an event.</summary>
/// <param name="name">What happened: <c>interface.update</c>.</param>
/// <param name="data">More about it, unchecked.</param>
/// <exception cref="UbusFormatException">It is malformed: it is passed over.</exception>
public delegate void UbusNewsHandler(ReadOnlySpan<byte> name, BlobReader data);

/// <summary>A call that waits for its answer. It can be kept and answered later; when the connection is lost in between, nobody waits any more.</summary>
/// <param name="Session">The connection's number among those that there were.</param>
/// <param name="ObjectId">The object that was called.</param>
/// <param name="Peer">Who called.</param>
/// <param name="Sequence">The caller's number for the call.</param>
public readonly record struct UbusCall(int Session, uint ObjectId, uint Peer, ushort Sequence);

/// <summary>A parameter of a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds. ubusd does not check it.</param>
public sealed record UbusParameter(string Name, BlobType Type);

/// <summary>A method, as <c>ubus -v list</c> shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">What it takes.</param>
public sealed record UbusMethod(string Name, params UbusParameter[] Parameters);

/// <summary>An object that others call: by its path, or without one only by those who know its number.</summary>
/// <param name="path">Its path, or null.</param>
/// <param name="methods">What it can do; a call of anything else is refused before it gets to <paramref name="handler"/>.</param>
/// <param name="handler">Answers calls.</param>
public sealed class UbusObject(string? path, UbusMethod[] methods, UbusCallHandler handler)
{
    /// <summary>Its path, or null.</summary>
    public string? Path => path;

    /// <summary>What it can do.</summary>
    public ReadOnlySpan<UbusMethod> Methods => methods;

    /// <summary>Its number while ubusd knows it; 0 otherwise.</summary>
    public uint Id { get; internal set; }

    /// <summary>Whether somebody is subscribed to its notifications.</summary>
    public bool HasSubscribers { get; internal set; }

    internal UbusCallHandler Handler => handler;

    // For one that hears notifications and events: then no method is called, and this is all it has.
    internal UbusNewsHandler? Events { get; init; }

    internal bool Has(ReadOnlySpan<byte> name)
    {
        foreach (var method in methods)
        {
            if (System.Text.Ascii.Equals(name, method.Name))
                return true;
        }

        return false;
    }
}
