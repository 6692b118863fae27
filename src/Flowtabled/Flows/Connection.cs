using Flowtabled.Engine.Flows;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>A connection as the kernel listed it, and what was found out about it.</summary>
/// <param name="entry">What the kernel told.</param>
internal sealed class Connection(in ConntrackEntry entry)
{
    private readonly ConntrackEntry _entry = entry;

    public ref readonly ConntrackEntry Entry => ref _entry;

    public FlowPath Path => PathOf(in _entry);

    /// <summary>Bytes in both directions; null where they are not counted.</summary>
    public ulong? Bytes => BytesOf(in _entry);

    /// <summary>Bytes a second in both directions; null where that was not measured.</summary>
    public ulong? Rate { get; set; }

    /// <summary>What is known of it from earlier; null where it was not watched.</summary>
    public ConnectionHistory? History { get; init; }

    /// <summary>Where the one that began it is.</summary>
    public ConnectionEnd Client { get; set; } = ConnectionEnd.Unknown;

    /// <summary>Where the other one is.</summary>
    public ConnectionEnd Server { get; set; } = ConnectionEnd.Unknown;

    /// <summary>Whether there is a flowtable of ours; null where that is not known.</summary>
    public bool? HasTable { get; set; }

    /// <summary>Whether a kick holds it on the slow path.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The name of the rule that excludes one of its hosts or ports; null when none does.</summary>
    public string? ExcludedBy { get; set; }

    /// <summary>The name of what keeps it out: its own, or that of an end's device.</summary>
    public string? Excluder => Facts.WhySlow == SlowReason.Excluded ? ExcludedBy ?? Client.ExcludedBy ?? Server.ExcludedBy : null;

    public FlowFacts Facts => new()
    {
        IsOffloadable = _entry.Original.Protocol is Protocols.Tcp or Protocols.Udp,
        IsEstablished = (_entry.Status & ConntrackStatus.SeenReply) != 0 && _entry.TcpState is (null or ConntrackTcpState.Established),
        HasHelper = (_entry.Bonds & ConntrackBond.Helper) != 0 || (_entry.Status & ConntrackStatus.Helper) != 0,
        IsAdjusted = (_entry.Bonds & ConntrackBond.SequenceAdjustment) != 0 || (_entry.Status & ConntrackStatus.SequenceAdjusted) != 0,
        HasTable = HasTable,
        IsHeld = IsHeld,
        IsExcluded = ExcludedBy is not null,
        Client = Client.Standing,
        Server = Server.Standing,
    };

    public static FlowPath PathOf(in ConntrackEntry entry) =>
        entry.IsInHardware ? FlowPath.Hardware : entry.IsOffloaded ? FlowPath.Software : FlowPath.Slow;

    public static ulong? BytesOf(in ConntrackEntry entry) => entry.OriginalCounters?.Bytes + entry.ReplyCounters?.Bytes;
}
