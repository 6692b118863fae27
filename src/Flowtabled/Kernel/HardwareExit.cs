using System.Diagnostics;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>Watches the flows leave the hardware when it is to be unbound.</summary>
internal sealed class HardwareExit : IDisposable
{
    /// <summary>
    /// Milliseconds that conntrack must have shown no flow in hardware. A connection is gone at once, but the flowtable's collector, which
    /// comes each second, takes its flow out in one round and has the driver forget it in the next (nf_flow_offload_gc_step).
    /// </summary>
    private const int Grace = 2_500;

    private ConntrackClient? _conntrack;
    private ConntrackRehomer? _rehomer;
    private long? _noneSince;

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

        _noneSince ??= Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(_noneSince.Value).TotalMilliseconds >= Grace ? 0 : 1;
    }

    /// <summary>Rehomes the connections that are in hardware, all or some.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or does not let us.</exception>
    public Exodus MoveOut(ConnectionFilter? only)
    {
        _conntrack ??= ConntrackClient.Open();
        _rehomer ??= ConntrackRehomer.Open();
        _rehomer.Timeouts = ConnectionTimeouts.Read();
        var connections = new Connections([], only);
        _conntrack.Dump(ConntrackStatus.HardwareOffload, ConntrackStatus.HardwareOffload, ref connections);
        _rehomer.Rehome(connections.List);
        return Exodus.Of(connections.List);
    }

    /// <summary>Flows may go into hardware again, or could until now.</summary>
    public void Restart() => _noneSince = null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _conntrack?.Dispose();
        _rehomer?.Dispose();
    }

    private readonly struct Connections(List<Rehoming> list, ConnectionFilter? only) : IConntrackHandler
    {
        public List<Rehoming> List => list;

        public void Restart() => list.Clear();

        public void Handle(in ConntrackEntry entry)
        {
            if (only is null || only(in entry))
                list.Add(new Rehoming(in entry));
        }
    }
}
