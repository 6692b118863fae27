using System.Buffers.Binary;
using System.Text;

namespace Flowtabled.Ubus;

// One connection to one ubusd: what is sent to it, and what comes.
public sealed partial class UbusConnection
{
    // ubusd greets at once, and answers at once what it answers itself.
    private const int UbusdTimeout = 10_000;

    // Far fewer than there are numbers for them.
    private const int MaxRequests = 1024;

    private const uint EventObject = 1;

    private readonly BlobBuffer _frame = new();
    private readonly BlobBuffer _parameters = new();
    private readonly Dictionary<ushort, UbusRequest> _requests = [];
    private UbusChannel? _channel;
    private bool _isGreeted;
    private long _dueAt;
    private ushort _sequence;
    private int _session;

    private void Connect()
    {
        _channel = UbusChannel.TryConnect(paths);
        _dueAt = Now + (_channel is null ? RetryInterval : UbusdTimeout);
        _isGreeted = false;
    }

    private void Greeted()
    {
        _isGreeted = true;
        _session++;
        listener.Connected();
        foreach (var item in _objects)
            Add(item, $"object {item.Path}", null);
        foreach (var events in _listeners)
            Add(events);
        foreach (var subscription in _subscriptions)
            Add(subscription);
    }

    private void Drop(string reason)
    {
        _channel?.Dispose();
        _channel = null;
        _isGreeted = false;
        _dueAt = Now + RetryInterval;
        foreach (var item in _objects)
            Forget(item);
        foreach (var events in _listeners)
            Forget(events.Listener);
        foreach (var subscription in _subscriptions)
        {
            Forget(subscription.Listener);
            subscription.Target = 0;
        }

        listener.Lost(reason);
        foreach (var request in Waiting(static _ => true))
            request.End(UbusStatus.ConnectionFailed);
    }

    private void Expire()
    {
        var now = Now;
        if (_channel is not null && !_isGreeted && now >= _dueAt)
            Drop("ubusd does not greet");
        foreach (var request in Waiting(request => now >= request.Deadline))
            request.End(UbusStatus.Timeout);
    }

    private List<UbusRequest> Waiting(Func<UbusRequest, bool> which)
    {
        var found = new List<UbusRequest>();
        foreach (var (sequence, request) in _requests)
        {
            if (!which(request))
                continue;
            found.Add(request);
            _requests.Remove(sequence);
        }

        return found;
    }

    private void Handle(UbusMessage message)
    {
        if (!_isGreeted && message.Type != UbusMessageType.Hello)
            throw new UbusFormatException("message", 0, $"is {message.Type}, not a greeting");
        switch (message.Type)
        {
            case UbusMessageType.Hello when !_isGreeted:
                Greeted();
                break;
            case UbusMessageType.Data:
                if (_requests.TryGetValue(message.Sequence, out var waiting))
                    waiting.Answer(in message);
                break;
            case UbusMessageType.Status:
                if (_requests.Remove(message.Sequence, out var request))
                    request.End(message.Status ?? UbusStatus.UnknownError);
                break;
            case UbusMessageType.Invoke:
                Called(in message);
                break;
            case UbusMessageType.Notify:
                if (Find(message.ObjectId) is { } notifier && message.IsActive is { } active)
                    notifier.HasSubscribers = active;
                break;
            case UbusMessageType.Unsubscribe:
                foreach (var subscription in _subscriptions)
                {
                    if (subscription.Listener.Id == message.ObjectId && subscription.Target == message.Target)
                        subscription.Target = 0;
                }

                break;
        }
    }

    private void Called(scoped in UbusMessage message)
    {
        var call = new UbusCall(_session, message.ObjectId ?? 0, message.Peer, message.Sequence);
        var item = Find(message.ObjectId);
        if (item?.Events is { } hear)
        {
            Hear(hear, message.Method, message.Data);
            if (!message.IsNoReply)
                Complete(call, UbusStatus.Ok);
        }
        else if (item is null)
        {
            Complete(call, UbusStatus.NotFound);
        }
        else if (!item.Has(message.Method))
        {
            Complete(call, UbusStatus.MethodNotFound);
        }
        else
        {
            Call(item, call, message.Method, message.Data);
        }
    }

    // What other clients put into a message ubusd does not look at: that it is malformed is their fault, not the connection's.
    private void Call(UbusObject item, UbusCall call, scoped ReadOnlySpan<byte> method, scoped BlobReader arguments)
    {
        try
        {
            item.Handler(call, method, arguments);
        }
        catch (UbusFormatException)
        {
            Complete(call, UbusStatus.InvalidArgument);
        }
    }

    private static void Hear(UbusNewsHandler hear, scoped ReadOnlySpan<byte> name, scoped BlobReader data)
    {
        try
        {
            hear(name, data);
        }
        catch (UbusFormatException)
        {
            // It is passed over; what must be known is asked for.
        }
    }

    private void Add(UbusObject item, string what, Action? onAdded)
    {
        var message = Begin(UbusMessageType.AddObject, NextSequence(), 0);
        WriteDescription(item);
        Send(message, new UbusRequest(
            (scoped in UbusMessage answer) => item.Id = answer.ObjectId ?? 0,
            status =>
            {
                if (status == UbusStatus.Ok && item.Id != 0)
                    onAdded?.Invoke();
                else if (status != UbusStatus.ConnectionFailed)
                    listener.Refused(what, status);
            },
            Now + UbusdTimeout));
    }

    private void WriteDescription(UbusObject item)
    {
        if (item.Path is not { } path)
            return;
        var writer = new BlobWriter(_frame);
        writer.WriteString(UbusField.ObjectPath, Encoding.UTF8.GetBytes(path));
        var signature = writer.BeginNest(UbusField.Signature);
        foreach (var method in item.Methods)
        {
            var table = writer.BeginTable(Encoding.UTF8.GetBytes(method.Name));
            foreach (var parameter in method.Parameters)
                writer.AddInt32(Encoding.UTF8.GetBytes(parameter.Name), (int)parameter.Type);
            writer.EndNest(table);
        }

        writer.EndNest(signature);
    }

    private void Remove(UbusObject item)
    {
        if (item.Id == 0)
            return;
        var message = Begin(UbusMessageType.RemoveObject, NextSequence(), 0);
        new BlobWriter(_frame).WriteUInt32(UbusField.ObjectId, item.Id);
        Forget(item);
        Send(message, new UbusRequest(null, null, Now + UbusdTimeout));
    }

    private void Add(EventListener events)
    {
        Add(events.Listener, $"events {events.Pattern}", () =>
        {
            _parameters.Clear();
            var writer = new BlobWriter(_parameters);
            writer.AddInt32("object"u8, (int)events.Listener.Id);
            writer.AddString("pattern"u8, events.Pattern);
            Invoke(EventObject, "register", _parameters.Written, Reporting($"events {events.Pattern}"));
        });
    }

    // An object that appears between the question and the subscription announces itself: the events are registered before.
    private void Add(Subscription subscription) => Add(subscription.Listener, $"subscription {subscription.Path}", () => Find(subscription));

    private void Find(Subscription subscription)
    {
        uint target = 0;
        Lookup(
            subscription.Path,
            (scoped in UbusMessage answer) => target = answer.ObjectId ?? 0,
            _ =>
            {
                if (target != 0 && subscription.Listener.Id != 0)
                    SubscribeTo(subscription, target);
            },
            Now + UbusdTimeout);
    }

    private void SubscribeTo(Subscription subscription, uint target)
    {
        subscription.Target = target;
        var message = Begin(UbusMessageType.Subscribe, NextSequence(), 0);
        var writer = new BlobWriter(_frame);
        writer.WriteUInt32(UbusField.ObjectId, subscription.Listener.Id);
        writer.WriteUInt32(UbusField.Target, target);
        Send(message, new UbusRequest(
            null,
            status =>
            {
                if (status == UbusStatus.Ok)
                    subscription.OnFound();
                else if (status is not (UbusStatus.ConnectionFailed or UbusStatus.NotFound))
                    listener.Refused($"subscription {subscription.Path}", status);
            },
            Now + UbusdTimeout));
    }

    private void OnObjectAdded(ReadOnlySpan<byte> name, BlobReader data)
    {
        while (data.Read())
        {
            if (!data.Is("path"u8))
                continue;
            foreach (var subscription in _subscriptions)
            {
                if (Ascii.Equals(data.GetStringBytes(), subscription.Path) && subscription.Listener.Id != 0)
                    Find(subscription);
            }
        }
    }

    private void Lookup(string path, UbusAnswerHandler onAnswer, Action<UbusStatus> onEnd, long deadline)
    {
        var message = Begin(UbusMessageType.Lookup, NextSequence(), 0);
        new BlobWriter(_frame).WriteString(UbusField.ObjectPath, Encoding.UTF8.GetBytes(path));
        Send(message, new UbusRequest(onAnswer, onEnd, deadline));
    }

    private void Invoke(uint id, string method, ReadOnlySpan<byte> parameters, UbusRequest request)
    {
        var message = Begin(UbusMessageType.Invoke, NextSequence(), id);
        var writer = new BlobWriter(_frame);
        writer.WriteUInt32(UbusField.ObjectId, id);
        writer.WriteString(UbusField.Method, Encoding.UTF8.GetBytes(method));
        writer.WriteNested(UbusField.Data, parameters); // Many servers refuse a call without it.
        Send(message, request);
    }

    private UbusRequest Reporting(string what) => new(
        null,
        status =>
        {
            if (status is not (UbusStatus.Ok or UbusStatus.ConnectionFailed))
                listener.Refused(what, status);
        },
        Now + UbusdTimeout);

    private BlobWriter.Nest Begin(UbusMessageType type, ushort sequence, uint peer)
    {
        _frame.Clear();
        return UbusMessage.Begin(_frame, type, sequence, peer);
    }

    private void Send(BlobWriter.Nest message, UbusRequest request)
    {
        if (!IsConnected)
        {
            request.End(UbusStatus.ConnectionFailed);
            return;
        }

        if (_requests.Count >= MaxRequests)
        {
            request.End(UbusStatus.NoMemory);
            return;
        }

        _requests[BinaryPrimitives.ReadUInt16BigEndian(_frame.At(2, 2))] = request;
        Send(message);
    }

    private void Send(BlobWriter.Nest message)
    {
        new BlobWriter(_frame).EndNest(message);
        try
        {
            _channel?.Send(_frame.Written);
        }
        catch (UbusException e)
        {
            Drop(e.Message);
        }
    }

    // Never that of a request that waits still.
    private ushort NextSequence()
    {
        do
            _sequence++;
        while (_requests.ContainsKey(_sequence));
        return _sequence;
    }

    private bool IsWaiting(UbusCall call) => IsConnected && call.Session == _session;

    private UbusObject? Find(uint? id)
    {
        if (id is null or 0)
            return null;
        foreach (var item in _objects)
        {
            if (item.Id == id)
                return item;
        }

        foreach (var subscription in _subscriptions)
        {
            if (subscription.Listener.Id == id)
                return subscription.Listener;
        }

        foreach (var events in _listeners)
        {
            if (events.Listener.Id == id)
                return events.Listener;
        }

        return null;
    }

    private static void Forget(UbusObject item)
    {
        item.Id = 0;
        item.HasSubscribers = false;
    }
}
