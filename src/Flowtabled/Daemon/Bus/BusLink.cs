using Flowtabled.Config;
using Flowtabled.Ubus;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon.Bus;

/// <summary>
/// The daemon's place on the bus: it publishes our object, follows netifd, and hears procd say that a configuration has changed. Without a bus
/// the daemon works as well, only later: by files and links.
/// </summary>
internal sealed class BusLink : IUbusListener, IDisposable
{
    private readonly UbusConnection _connection;
    private readonly NetifdFollower _netifd;
    private readonly IBusTarget _target;
    private readonly ILogger _logger;
    private bool _isMissed;
    private string? _lost;

    public BusLink(ConfigPaths paths, IBusTarget target, ILogger logger)
    {
        _target = target;
        _logger = logger;
        _connection = new UbusConnection(paths.UbusSockets, this);
        _netifd = new NetifdFollower(_connection, target);
        // Whoever changes a configuration while nobody hears it is noticed by the files.
        _connection.Subscribe("service", HearService, static () => { });
    }

    /// <summary>The connection.</summary>
    public UbusConnection Connection => _connection;

    /// <summary>Serves the connection, and says once that there is none.</summary>
    public void Serve()
    {
        _connection.Serve();
        if (_connection.Descriptor >= 0 || _isMissed || _lost is not null)
            return;
        _isMissed = true;
        _logger.NoBus("working without it, until it appears");
    }

    /// <summary>Waits for what netifd says of the networks, where it can be asked: so that the first pass need not guess.</summary>
    public void AwaitNetworks(Action<int> poll) => _netifd.Await(Serve, poll);

    public void Connected()
    {
        if (_isMissed || _lost is not null)
            _logger.BusJoined("ubusd");
        _isMissed = false;
        _lost = null;
    }

    // One that ends and begins again is said once for each time, one that only ever ends once.
    public void Lost(string reason)
    {
        if (reason != _lost)
            _logger.BusLost(reason);
        _lost = reason;
    }

    public void Refused(string what, UbusStatus status) => _logger.BusRefuses($"{what}: {UbusException.Text(status)}");

    public void Dispose() => _connection.Dispose();

    // procd: {"config": "firewall"}.
    private void HearService(ReadOnlySpan<byte> name, BlobReader data)
    {
        if (!name.SequenceEqual("config.change"u8))
            return;
        while (data.Read())
        {
            if (data.Is("config"u8) && Array.IndexOf(ConfigPaths.Packages, data.GetString()) >= 0)
                _target.ReadConfig();
        }
    }
}
