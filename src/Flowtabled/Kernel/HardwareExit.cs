using System.Diagnostics;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>Watches the flows leave the hardware when it is to be unbound.</summary>
internal sealed class HardwareExit : IDisposable
{
    /// <summary>
    /// Milliseconds that conntrack must have shown no flow in hardware, where the kernel was not made to collect them. A connection is gone at
    /// once, but the flowtable's collector, which comes each second, takes its flow out in one round and has the driver forget it in the next
    /// (nf_flow_offload_gc_step).
    /// </summary>
    private const int Grace = 2_500;

    private const ConntrackStatus Paths = ConntrackStatus.Offload | ConntrackStatus.HardwareOffload;

    private ConntrackClient? _conntrack;
    private FlowMover? _mover;
    private long? _noneSince;
    private bool _areRefusedOut;
    private bool _isCollected;

    /// <summary>How many flows may still be in hardware: what conntrack shows, and 1 while those that left may not be forgotten yet.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public int Remaining()
    {
        _conntrack ??= ConntrackClient.Open();
        var flows = _conntrack.CountInHardware();
        if (flows > 0)
        {
            _noneSince = null;
            return flows;
        }

        if (_isCollected)
            return 0;
        _noneSince ??= Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(_noneSince.Value).TotalMilliseconds >= Grace ? 0 : 1;
    }

    /// <summary>
    /// Empties the hardware, when no further flow goes in: rehomes the connections that are there, all that can be, and has the driver forget them.
    /// Those in software too, once: a flow that the chip refused is in the flowtable all the same, and is offered to it again each second.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or does not let us.</exception>
    public Exodus Empty()
    {
        var exodus = MoveOut(null);
        if (!_areRefusedOut)
            _mover!.MoveOut(ConntrackStatus.Offload, Paths, null);
        _areRefusedOut = true;
        _isCollected = exodus.Staying == 0 && FlowCollection.TryRun();
        return exodus;
    }

    /// <summary>Rehomes the connections that are in hardware, all or some.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or does not let us.</exception>
    public Exodus MoveOut(ConnectionFilter? only)
    {
        _conntrack ??= ConntrackClient.Open();
        _mover ??= new FlowMover(_conntrack);
        return _mover.MoveOut(ConntrackStatus.HardwareOffload, ConntrackStatus.HardwareOffload, only);
    }

    /// <summary>Flows may go into hardware again, or could until now.</summary>
    public void Restart()
    {
        _noneSince = null;
        _areRefusedOut = false;
        _isCollected = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mover?.Dispose();
        _conntrack?.Dispose();
    }
}
