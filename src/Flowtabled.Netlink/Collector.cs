namespace Flowtabled.Netlink;

/// <summary>Reads one message; false to pass over it.</summary>
internal delegate bool Decoder<T>(scoped in MessageReader message, out T item);

/// <summary>Collects a dump's messages of one type in a list.</summary>
internal readonly struct Collector<T>(ushort type, Decoder<T> decode) : IMessageHandler
{
    public List<T> Items { get; } = [];

    public void Restart() => Items.Clear();

    public void Handle(scoped in MessageReader message)
    {
        if (message.Header.Type == type && decode(in message, out var item))
            Items.Add(item);
    }
}
