using System.Diagnostics;
using Flowtabled.Cli;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Daemon;

/// <summary>
/// Keeps connections right where the kernel does not: rehomes those in hardware whose station has moved, and ends those that are translated to an
/// address which this system has lost.
/// </summary>
internal sealed class AddressFollower(KernelSession kernel, NetlinkTrace? trace, ILogger logger) : IAddressListener, IDisposable
{
    // Milliseconds between two collections: a station that flaps, as in a loop of cables, is left to the kernel's own, which come as often.
    private const int CollectionInterval = 1_000;

    private readonly AddressMonitor _monitor = new() { Trace = trace };
    private readonly Stations _stations = new();
    private readonly List<AddressLoss> _losses = [];
    private bool _isBehind;
    private long _collected;

    /// <summary>The file descriptor, to poll.</summary>
    public int Descriptor => _monitor.Descriptor;

    /// <summary>Follows stations from now on, or no longer: as long as there is a table for hardware.</summary>
    public void FollowStations(bool follow)
    {
        if (follow == _monitor.HearsStations)
            return;
        _monitor.HearsStations = follow;
        _stations.Forget();
        _isBehind = follow;
        CatchUp();
    }

    /// <summary>Reads what is queued, and does what follows from it.</summary>
    public void Read()
    {
        _monitor.Read(this);
        CatchUp();
    }

    void IAddressListener.Handle(in StationEvent station) => _stations.Learn(in station);

    void IAddressListener.Handle(AddressLoss loss) => _losses.Add(loss);

    void IAddressListener.Lost() => _isBehind = _monitor.HearsStations;

    /// <inheritdoc/>
    public void Dispose() => _monitor.Dispose();

    private void CatchUp()
    {
        try
        {
            if (_isBehind)
                kernel.ReadStations(this);
            _isBehind = false;
            if (_stations.HaveMoved)
                Rehome();
            if (_losses.Count > 0)
                End();
        }
        catch (NetlinkException e)
        {
            logger.NotFollowed(e.Message);
        }

        // What could not be done now is not tried again: it would come too late.
        _stations.Settle();
        _losses.Clear();
    }

    private void Rehome()
    {
        var moved = kernel.MoveOutOfHardware(_stations.Concern).Moved;
        var connections = Words.Count(moved, "connection");
        if (moved == 0)
            return;
        Collect();
        logger.FollowedStation(connections);
    }

    // Until the chip has forgotten the old path it goes on sending there.
    private void Collect()
    {
        if (Stopwatch.GetElapsedTime(_collected).TotalMilliseconds < CollectionInterval)
            return;
        _collected = Stopwatch.GetTimestamp();
        FlowCollection.TryRun();
    }

    private void End()
    {
        var ended = KernelSession.EndTranslatedTo(_losses);
        var connections = Words.Count(ended, "connection");
        if (ended > 0)
            logger.EndedTranslated(connections);
    }
}
