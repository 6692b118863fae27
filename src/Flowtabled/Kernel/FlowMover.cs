using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>Takes live connections out of flowtables and hardware with nothing lost: their entries are deleted and made anew.</summary>
/// <param name="conntrack">Lists them.</param>
internal sealed class FlowMover(ConntrackClient conntrack) : IDisposable
{
    // A table that is all but full must not keep whoever moves connections from his other work.
    private const int MaxCollections = 10;

    private ConntrackRehomer? _rehomer;

    /// <summary>Moves connections out. Where our rule is still there, their next packets bring them in again.</summary>
    /// <param name="status">Which of the bits of <paramref name="mask"/> they have.</param>
    /// <param name="mask">The bits that count: in hardware, in any flowtable.</param>
    /// <param name="only">Which of those; null for all.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or does not let us.</exception>
    public Exodus MoveOut(ConntrackStatus status, ConntrackStatus mask, ConnectionFilter? only)
    {
        _rehomer ??= ConntrackRehomer.Open();
        _rehomer.Timeouts = ConnectionTimeouts.Read();
        var connections = new Connections([], only);
        conntrack.Dump(status, mask, ref connections);
        var areAllDone = _rehomer.Rehome(connections.List);
        // Until its flow is collected an entry that was deleted takes up the room of a new one.
        for (var i = 0; i < MaxCollections && !areAllDone && FlowCollection.TryRun(); i++)
            areAllDone = _rehomer.Rehome(connections.List);
        return Exodus.Of(connections.List);
    }

    /// <inheritdoc/>
    public void Dispose() => _rehomer?.Dispose();

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
