using Flowtabled.Cli;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>What is to become of some connections, and does it.</summary>
/// <param name="Choice">Which.</param>
internal sealed record KickOrder(ConnectionChoice Choice)
{
    /// <summary>The longest that connections can be held, in seconds: a day.</summary>
    public const int LongestHold = 24 * 3600;

    private const int MostListed = 100_000;

    /// <summary>Seconds that they are held on the slow path; 0: their next packets may take them in again.</summary>
    public int Hold { get; init; }

    /// <summary>Whether they are to end.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether nothing is to be done.</summary>
    public bool IsDry { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem =>
        Hold is < 0 or > LongestHold ? $"they can be held for 1 to {LongestHold} seconds, or 0 for not at all"
        : IsCut && Hold > 0 ? "what is ended cannot be held"
        : null;

    /// <summary>Does it.</summary>
    /// <param name="conntrack">Lists and ends connections.</param>
    /// <param name="kernel">Whose socket may change our tables; needed where they are to be held.</param>
    /// <exception cref="CommandException">They cannot be held; nothing was done.</exception>
    /// <exception cref="NetlinkException">The kernel does not answer, or does not let us.</exception>
    public KickResult Execute(ConntrackClient conntrack, KernelSession? kernel)
    {
        if (IsDry)
            return new KickResult { Meant = List(conntrack).Count };
        if (IsCut)
            return new KickResult { Ended = End(conntrack, List(conntrack)) };
        int? held = null;
        if (Hold > 0)
        {
            // First held, then moved: none goes back in between.
            var connections = Holdable(conntrack);
            kernel!.Hold(connections, Hold);
            held = connections.Count;
        }

        using var mover = new FlowMover(conntrack);
        return new KickResult { Exodus = mover.MoveOut(ConntrackStatus.Offload, ConntrackStatus.Offload, Choice.Matches), Held = held };
    }

    /// <summary>Those that are meant, by their number. What is on the slow path already can only be ended, or held.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer.</exception>
    public List<Connection> List(ConntrackClient conntrack)
    {
        if (Hold > 0)
            return Holdable(conntrack);
        return List(conntrack, IsCut ? ConntrackStatus.None : ConntrackStatus.Offload);
    }

    /// <summary>Ends connections; how many there still were.</summary>
    /// <exception cref="NetlinkException">The kernel does not let us.</exception>
    public static int End(ConntrackClient conntrack, List<Connection> connections)
    {
        var ended = 0;
        foreach (var connection in connections)
            ended += conntrack.TryDelete(in connection.Entry.Original, connection.Entry.Id) ? 1 : 0;
        return ended;
    }

    private List<Connection> Holdable(ConntrackClient conntrack) =>
        List(conntrack, ConntrackStatus.None).Where(static connection => connection.Facts.IsOffloadable);

    private List<Connection> List(ConntrackClient conntrack, ConntrackStatus bits)
    {
        var list = new ConnectionList(Choice, MostListed, static (left, right) => left.Entry.Id.CompareTo(right.Entry.Id), null);
        conntrack.Dump(bits, bits, ref list);
        return list.Connections;
    }
}
