using System.Diagnostics;
using Flowtabled.Config;
using Flowtabled.Engine.Config;
using Flowtabled.Ubus;

namespace Flowtabled.Daemon.Bus;

/// <summary>
/// Knows which devices netifd's networks have. Its notifications are not believed but followed by a question: one at a time, and one more when
/// something was heard meanwhile.
/// </summary>
internal sealed class NetifdFollower
{
    private const int Timeout = 10_000;
    private const int Patience = 500;

    private readonly UbusConnection _connection;
    private readonly IBusTarget _target;
    private List<NetifdNetwork>? _known;
    private bool _isAsking;
    private bool _isDirty;

    public NetifdFollower(UbusConnection connection, IBusTarget target)
    {
        _connection = connection;
        _target = target;
        connection.Subscribe(NetifdReply.Object, (_, _) => Ask(), Ask);
        connection.Subscribe("network.device", (_, _) => Ask(), static () => { });
    }

    /// <summary>Waits for the first answer, not long; not at all without ubusd.</summary>
    /// <param name="serve">Serves the connection.</param>
    /// <param name="poll">Waits at most so many milliseconds for something to serve.</param>
    public void Await(Action serve, Action<int> poll)
    {
        serve();
        for (var waited = Stopwatch.StartNew(); _known is null && _connection.Descriptor >= 0 && waited.ElapsedMilliseconds < Patience; serve())
            poll(Patience / 10);
    }

    private void Ask()
    {
        _isDirty = true;
        if (_isAsking)
            return;
        (_isAsking, _isDirty) = (true, false);
        List<NetifdNetwork>? networks = null;
        _connection.Invoke(
            NetifdReply.Object,
            NetifdReply.Method,
            null,
            (scoped in UbusMessage answer) => networks = NetifdReply.Read(answer.Data),
            status =>
            {
                _isAsking = false;
                if (status == UbusStatus.Ok && networks is not null)
                    Learn(networks);
                if (_isDirty && status != UbusStatus.ConnectionFailed)
                    Ask();
            },
            Timeout);
    }

    // What was known holds until netifd says otherwise: it may be starting again.
    private void Learn(List<NetifdNetwork> networks)
    {
        if (_known is { } known && IsSame(known, networks))
            return;
        _known = networks;
        _target.Networks(networks);
    }

    private static bool IsSame(List<NetifdNetwork> left, List<NetifdNetwork> right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (left[i] != right[i])
                return false;
        }

        return true;
    }
}
