using System.Diagnostics;
using System.Text;
using static Tmds.Linux.LibC;

namespace Flowtabled.Ubus;

/// <summary>
/// A connection to ubusd that is kept: lost, it is made again, and everything that is published, subscribed to or listened for is told to ubusd
/// once more. It waits nowhere: poll <see cref="Descriptor"/> for <see cref="WantedEvents"/>, at most <see cref="DueIn"/>, then
/// <see cref="Serve"/>. For one thread.
/// </summary>
/// <param name="paths">Where ubusd listens, the best first.</param>
/// <param name="listener">Hears how the connection fares.</param>
public sealed partial class UbusConnection(string[] paths, IUbusListener listener) : IDisposable
{
    private const int RetryInterval = 1_000;

    private readonly List<UbusObject> _objects = [];
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<EventListener> _listeners = [];

    /// <summary>Whether ubusd has greeted us.</summary>
    public bool IsConnected => _channel is not null && _isGreeted;

    /// <summary>The file descriptor, to poll; -1, which poll passes over, without a connection.</summary>
    public int Descriptor => _channel?.Descriptor ?? -1;

    /// <summary>What to poll it for.</summary>
    public short WantedEvents => _channel is { IsBehind: true } ? (short)(POLLIN | POLLOUT) : POLLIN;

    /// <summary>Milliseconds until <see cref="Serve"/> has something to do even if nothing comes; null when only what comes matters.</summary>
    public int? DueIn()
    {
        long? due = IsConnected ? null : _dueAt;
        foreach (var request in _requests.Values)
            due = Math.Min(due ?? long.MaxValue, request.Deadline);
        return due is { } at ? (int)Math.Max(0, at - Now) : null;
    }

    /// <summary>Connects when that is due, reads what has come and hands it on, and sends what waits.</summary>
    public void Serve()
    {
        try
        {
            if (_channel is null && Now >= _dueAt)
                Connect();
            if (_channel is { } channel)
            {
                channel.Fill();
                while (_channel == channel && channel.Take(out var frame))
                    Handle(new UbusMessage(frame));
                _channel?.Flush();
            }
        }
        catch (Exception e) when (e is UbusException or UbusFormatException)
        {
            Drop(e.Message);
        }

        Expire();
    }

    /// <summary>Gives an object to ubusd, now or as soon as there is one.</summary>
    public void Publish(UbusObject item)
    {
        _objects.Add(item);
        if (IsConnected)
            Add(item, $"object {item.Path}", null);
    }

    /// <summary>Takes an object back.</summary>
    public void Withdraw(UbusObject item)
    {
        _objects.Remove(item);
        Remove(item);
    }

    /// <summary>Hears the notifications of an object, and hears them again when it comes back.</summary>
    /// <param name="path">The object's path.</param>
    /// <param name="onNotified">Hears them.</param>
    /// <param name="onFound">Told each time that the object is found: what it said before that was not heard.</param>
    public void Subscribe(string path, UbusNewsHandler onNotified, Action onFound)
    {
        if (_subscriptions.Count == 0)
            Listen("ubus.object.add", OnObjectAdded);
        var subscription = new Subscription(path, Hearing(onNotified), onFound);
        _subscriptions.Add(subscription);
        if (IsConnected)
            Add(subscription);
    }

    /// <summary>Hears the notifications of an object no longer.</summary>
    public void Unsubscribe(string path)
    {
        var index = _subscriptions.FindIndex(subscription => subscription.Path == path);
        if (index < 0)
            return;
        Remove(_subscriptions[index].Listener);
        _subscriptions.RemoveAt(index);
    }

    /// <summary>Hears events.</summary>
    /// <param name="pattern">Their name; a final <c>*</c> stands for any rest.</param>
    /// <param name="onEvent">Hears them.</param>
    public void Listen(string pattern, UbusNewsHandler onEvent)
    {
        var events = new EventListener(pattern, Hearing(onEvent));
        _listeners.Add(events);
        if (IsConnected)
            Add(events);
    }

    /// <summary>Calls a method of an object, which is looked up first.</summary>
    /// <param name="path">The object's path.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="parameters">Its parameters, named attributes; null for none.</param>
    /// <param name="onAnswer">Takes the answers.</param>
    /// <param name="onEnd">Told how it ended, once, maybe before this returns.</param>
    /// <param name="timeout">Milliseconds after which it ends with <see cref="UbusStatus.Timeout"/>.</param>
    public void Invoke(string path, string method, BlobBuffer? parameters, UbusAnswerHandler onAnswer, Action<UbusStatus> onEnd, int timeout)
    {
        var deadline = Now + timeout;
        uint? found = null;
        Lookup(path, (scoped in UbusMessage answer) => found = answer.ObjectId, Call, deadline);

        void Call(UbusStatus status)
        {
            if (status == UbusStatus.Ok && found is { } id)
                Invoke(id, method, parameters is null ? default : parameters.Written, new UbusRequest(onAnswer, onEnd, deadline));
            else
                onEnd(status == UbusStatus.Ok ? UbusStatus.NotFound : status);
        }
    }

    /// <summary>Asks ubusd for an answer.</summary>
    public void Ping(Action<UbusStatus> onEnd, int timeout) =>
        Send(Begin(UbusMessageType.Ping, NextSequence(), 0), new UbusRequest(null, onEnd, Now + timeout));

    /// <summary>Answers a call; more answers may follow until <see cref="Complete"/>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="data">The answer: named attributes. One that is longer than ubusd would pass on ends the call with an error.</param>
    public void Reply(UbusCall call, BlobBuffer data)
    {
        if (!IsWaiting(call))
            return;
        if (data.Length > MaxData)
        {
            Complete(call, UbusStatus.UnknownError);
            return;
        }

        var message = Begin(UbusMessageType.Data, call.Sequence, call.Peer);
        var writer = new BlobWriter(_frame);
        writer.WriteUInt32(UbusField.ObjectId, call.ObjectId);
        writer.WriteNested(UbusField.Data, data.Written);
        Send(message);
    }

    /// <summary>Ends a call.</summary>
    public void Complete(UbusCall call, UbusStatus status)
    {
        if (!IsWaiting(call))
            return;
        var message = Begin(UbusMessageType.Status, call.Sequence, call.Peer);
        var writer = new BlobWriter(_frame);
        writer.WriteUInt32(UbusField.Status, (uint)status);
        writer.WriteUInt32(UbusField.ObjectId, call.ObjectId);
        Send(message);
    }

    /// <summary>Tells an object's subscribers something; nothing is sent when there are none.</summary>
    /// <param name="item">The object.</param>
    /// <param name="name">What happened.</param>
    /// <param name="data">More about it: named attributes.</param>
    public void Notify(UbusObject item, string name, BlobBuffer data)
    {
        if (!item.HasSubscribers || item.Id == 0 || data.Length > MaxData)
            return;
        var message = Begin(UbusMessageType.Notify, NextSequence(), item.Id);
        var writer = new BlobWriter(_frame);
        writer.WriteUInt32(UbusField.ObjectId, item.Id);
        writer.WriteString(UbusField.Method, Encoding.UTF8.GetBytes(name));
        writer.WriteByte(UbusField.NoReply, 1);
        writer.WriteNested(UbusField.Data, data.Written);
        Send(message);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel?.Dispose();
        _channel = null;
    }

    // What an answer or a notification has besides its data takes less than this.
    private const int MaxData = UbusMessage.MaxLength - 1024;

    private static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    private static UbusObject Hearing(UbusNewsHandler onEvent) => new(null, [], static (_, _, _) => { }) { Events = onEvent };

    private sealed record EventListener(string Pattern, UbusObject Listener);

    private sealed class Subscription(string path, UbusObject listener, Action onFound)
    {
        public string Path => path;

        public UbusObject Listener => listener;

        public Action OnFound => onFound;

        // The number of the object that is subscribed to; 0 while it is not there.
        public uint Target { get; set; }
    }
}
