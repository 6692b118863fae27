using System.Net.Sockets;
using Flowtabled.Ubus;

namespace Flowtabled.Tests.Ubus;

/// <summary>
/// A ubusd of our own, on a socket of its own: it routes as the real one does, refuses what that refuses, and can be ended, begun again and made
/// to misbehave. What a client does wrong in the form of its messages is noted in <see cref="Faults"/>.
/// </summary>
internal sealed class TestUbusd : IDisposable
{
    private const int EventObject = 1;

    private readonly Lock _lock = new();
    private readonly List<TestUbusClient> _clients = [];
    private readonly List<TestUbusObject> _objects = [];
    private readonly string _path;
    private Socket? _listener;
    private uint _number = 1024;
    private ushort _sequence;

    public TestUbusd(string directory)
    {
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, "ubus.sock");
        Start();
    }

    public string SocketPath => _path;

    /// <summary>What clients did that a client must not.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many clients are connected.</summary>
    public int Clients
    {
        get
        {
            lock (_lock)
                return _clients.Count;
        }
    }

    /// <summary>Greets with these bytes instead of a greeting, while set.</summary>
    public byte[]? Greeting { get; set; }

    /// <summary>The signature of an object as JSON: its methods, and the types of their parameters; null when there is none.</summary>
    public string? SignatureOf(string path)
    {
        lock (_lock)
            return _objects.Find(item => item.Path == path) is { } item ? BlobText.Of(new BlobReader(item.Signature)) : null;
    }

    /// <summary>Begins, after <see cref="Stop"/> too.</summary>
    public void Start()
    {
        File.Delete(_path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_path));
        listener.Listen();
        _listener = listener;
        new Thread(() => Accept(listener)) { IsBackground = true }.Start();
    }

    /// <summary>Ends: every connection is closed, every object forgotten.</summary>
    public void Stop()
    {
        _listener?.Dispose();
        File.Delete(_path);
        lock (_lock)
        {
            foreach (var client in _clients)
                client.Dispose();
            _clients.Clear();
            _objects.Clear();
        }
    }

    /// <summary>Sends every client bytes that no ubusd would.</summary>
    public void SendAll(byte[] bytes)
    {
        lock (_lock)
            _clients.ForEach(client => client.Send(bytes));
    }

    /// <summary>Reads nothing any more from the clients that are connected, until they are gone.</summary>
    public void Deafen()
    {
        lock (_lock)
            _clients.ForEach(client => client.IsDeaf = true);
    }

    /// <summary>Reads nothing any more from the owner of an object, until it is gone; it is sent to as before.</summary>
    public void Deafen(string path)
    {
        lock (_lock)
            _objects.Find(item => item.Path == path)!.Owner.IsDeaf = true;
    }

    public void Dispose() => Stop();

    private void Accept(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = new TestUbusClient(listener.Accept(), Next());
                lock (_lock)
                    _clients.Add(client);
                client.Send(Greeting ?? TestUbusMessage.Of(UbusMessageType.Hello, 0, client.Number));
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was ended.
        }
    }

    private void Serve(TestUbusClient client)
    {
        try
        {
            while (client.Receive() is { } frame)
            {
                lock (_lock)
                    Handle(client, frame);
            }
        }
        catch (UbusFormatException e)
        {
            lock (_lock)
                Faults.Add(e.Message);
        }
        finally
        {
            lock (_lock)
                Remove(client);
        }
    }

    private void Remove(TestUbusClient client)
    {
        _clients.Remove(client);
        foreach (var item in _objects.Where(item => item.Owner == client).ToArray())
            Remove(item);
        client.Dispose();
    }

    private void Handle(TestUbusClient client, byte[] frame)
    {
        var message = new UbusMessage(frame);
        var status = message.Type switch
        {
            UbusMessageType.Lookup => Lookup(client, message),
            UbusMessageType.AddObject => AddObject(client, message),
            UbusMessageType.RemoveObject => RemoveObject(client, message),
            UbusMessageType.Invoke => Invoke(client, message),
            UbusMessageType.Subscribe => Subscribe(client, message),
            UbusMessageType.Notify => Notify(client, message),
            UbusMessageType.Ping => Pong(client, message, frame),
            UbusMessageType.Data or UbusMessageType.Status => Route(client, message, frame),
            _ => UbusStatus.InvalidCommand,
        };
        if (status is { } ended)
            client.Send(TestUbusMessage.Status(message.Sequence, message.Peer, ended));
    }

    private static UbusStatus Pong(TestUbusClient client, UbusMessage message, byte[] frame)
    {
        client.Send(TestUbusMessage.Of(UbusMessageType.Data, message.Sequence, message.Peer, frame.AsSpan(12)));
        return UbusStatus.Ok;
    }

    private UbusStatus Lookup(TestUbusClient client, UbusMessage message)
    {
        var path = System.Text.Encoding.UTF8.GetString(message.Path);
        var found = _objects.Where(item => item.Path is not null && Matches(path, item.Path)).ToArray();
        foreach (var item in found)
            client.Send(TestUbusMessage.Description(message.Sequence, item));
        return found.Length == 0 ? UbusStatus.NotFound : UbusStatus.Ok;
    }

    private UbusStatus AddObject(TestUbusClient client, UbusMessage message)
    {
        var path = message.Path.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(message.Path);
        if (path is not null && _objects.Any(item => item.Path == path))
            return UbusStatus.InvalidArgument;
        var item = new TestUbusObject(Next(), path, client, TestUbusMessage.Field(message, UbusField.Signature));
        _objects.Add(item);
        client.Send(TestUbusMessage.Number(UbusMessageType.Data, message.Sequence, 0, item.Id));
        if (path is not null)
            SendEvent(client, "ubus.object.add", item);
        return UbusStatus.Ok;
    }

    private UbusStatus RemoveObject(TestUbusClient client, UbusMessage message)
    {
        if (Find(message.ObjectId) is not { } item)
            return UbusStatus.NotFound;
        if (item.Owner != client)
            return UbusStatus.PermissionDenied;
        client.Send(TestUbusMessage.Number(UbusMessageType.Data, message.Sequence, 0, item.Id));
        Remove(item);
        return UbusStatus.Ok;
    }

    private void Remove(TestUbusObject item)
    {
        _objects.Remove(item);
        foreach (var other in _objects)
        {
            if (other.Subscribers.Remove(item) && other.Subscribers.Count == 0)
                other.Owner.Send(TestUbusMessage.Active(++_sequence, other.Id, false));
        }

        foreach (var subscriber in item.Subscribers)
            subscriber.Owner.Send(TestUbusMessage.Gone(++_sequence, subscriber.Id, item.Id));
        if (item.Path is not null)
            SendEvent(item.Owner, "ubus.object.remove", item);
    }

    private UbusStatus? Invoke(TestUbusClient client, UbusMessage message)
    {
        if (message.ObjectId is not { } id || message.Method.IsEmpty)
            return UbusStatus.InvalidArgument;
        if (!message.HasData)
            Faults.Add("a call without data, which many servers refuse");
        if (id == EventObject)
            return Events(client, message);
        if (Find(id) is not { } item)
            return UbusStatus.NotFound;
        item.Owner.Send(TestUbusMessage.Call(message, client.Number));
        return null;
    }

    private UbusStatus Events(TestUbusClient client, UbusMessage message)
    {
        if (!message.Method.SequenceEqual("register"u8))
            return UbusStatus.MethodNotFound;
        var (pattern, listener) = ("", (TestUbusObject?)null);
        for (var data = message.Data; data.Read();)
        {
            if (data.Is("object"u8))
                listener = Find((uint)data.GetInteger());
            else if (data.Is("pattern"u8))
                pattern = data.GetString();
        }

        if (listener is null || pattern.Length == 0)
            return UbusStatus.InvalidArgument;
        if (listener.Owner != client || listener.Path is not null)
            return UbusStatus.PermissionDenied;
        listener.Patterns.Add(pattern);
        return UbusStatus.Ok;
    }

    private UbusStatus Subscribe(TestUbusClient client, UbusMessage message)
    {
        if (Find(message.ObjectId) is not { } subscriber || Find(message.Target) is not { } target)
            return UbusStatus.NotFound;
        if (subscriber.Owner != client || target.Owner == client || target.Path is null)
            return UbusStatus.InvalidArgument;
        target.Subscribers.Add(subscriber);
        if (target.Subscribers.Count == 1)
            target.Owner.Send(TestUbusMessage.Active(++_sequence, target.Id, true));
        return UbusStatus.Ok;
    }

    private UbusStatus? Notify(TestUbusClient client, UbusMessage message)
    {
        if (Find(message.ObjectId) is not { } item || message.Method.IsEmpty)
            return UbusStatus.InvalidArgument;
        if (item.Owner != client)
            return UbusStatus.PermissionDenied;
        if (!message.IsNoReply)
            Faults.Add("a notification that wants an answer from each subscriber");
        foreach (var subscriber in item.Subscribers)
            subscriber.Owner.Send(TestUbusMessage.Notification(++_sequence, client.Number, subscriber.Id, message));
        return null;
    }

    // An answer from a client that does not own the object is passed over, as is one to a client that has gone.
    private UbusStatus? Route(TestUbusClient client, UbusMessage message, byte[] frame)
    {
        if (Find(message.ObjectId) is not { } item || item.Owner != client)
        {
            Faults.Add($"an answer for object {message.ObjectId}, which the client does not own");
            return null;
        }

        var caller = message.Peer;
        _clients.Find(other => other.Number == caller)?.Send(TestUbusMessage.Routed(frame, item.Id));
        return null;
    }

    private void SendEvent(TestUbusClient sender, string name, TestUbusObject item)
    {
        foreach (var listener in _objects.Where(other => other.Owner != sender && other.Patterns.Any(pattern => Matches(pattern, name))))
            listener.Owner.Send(TestUbusMessage.Event(++_sequence, listener.Id, name, item));
    }

    private TestUbusObject? Find(uint? id) => _objects.Find(item => item.Id == id);

    private uint Next() => Interlocked.Increment(ref _number);

    private static bool Matches(string pattern, string text) =>
        pattern.EndsWith('*') ? text.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == text;
}
