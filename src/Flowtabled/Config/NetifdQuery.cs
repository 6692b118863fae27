using System.Diagnostics;
using Flowtabled.Engine.Config;
using Flowtabled.Ubus;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Flowtabled.Config;

/// <summary>Asks netifd once, for the commands, and waits for the answer a little.</summary>
internal sealed class NetifdQuery : IUbusListener
{
    private const int Patience = 500;

    private bool _isOver;

    private NetifdQuery()
    {
    }

    /// <summary>What netifd says; null without ubus or netifd, or when the answer does not come in time.</summary>
    public static List<NetifdNetwork>? Ask(ConfigPaths paths) => new NetifdQuery().Run(paths);

    public void Connected()
    {
    }

    public void Lost(string reason) => _isOver = true;

    public void Refused(string what, UbusStatus status)
    {
    }

    private unsafe List<NetifdNetwork>? Run(ConfigPaths paths)
    {
        List<NetifdNetwork>? networks = null;
        var asked = false;
        using var connection = new UbusConnection(paths.UbusSockets, this);
        for (var waited = Stopwatch.StartNew(); !_isOver && waited.ElapsedMilliseconds < Patience;)
        {
            connection.Serve();
            if (connection.Descriptor < 0)
                return null;
            if (connection.IsConnected && !asked)
            {
                asked = true;
                connection.Invoke(
                    NetifdReply.Object,
                    NetifdReply.Method,
                    null,
                    (scoped in UbusMessage answer) => networks = NetifdReply.Read(answer.Data),
                    _ => _isOver = true,
                    Patience);
            }

            if (_isOver)
                break;
            var wait = new pollfd { fd = connection.Descriptor, events = connection.WantedEvents };
            _ = poll(&wait, 1, Patience / 10);
        }

        return networks;
    }
}
