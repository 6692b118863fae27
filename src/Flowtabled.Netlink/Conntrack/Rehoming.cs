namespace Flowtabled.Netlink.Conntrack;

/// <summary>What came of a connection that was to be rehomed.</summary>
public enum RehomingOutcome : byte
{
    /// <summary>Not tried yet.</summary>
    Pending,

    /// <summary>It has a new entry and is in no flowtable; its next packets may bring it into one again.</summary>
    Rehomed,

    /// <summary>Nothing was done: <see cref="Rehoming.Obstacle"/> says why.</summary>
    LeftAlone,

    /// <summary>The entry that was read was not there any more; nothing was done.</summary>
    Gone,

    /// <summary>The kernel refused with <see cref="Rehoming.Errno"/>.</summary>
    Refused,
}

/// <summary>One connection that is to leave its flowtable: a copy of what its new entry is made of, and what came of it.</summary>
public sealed class Rehoming
{
    /// <summary>Bits that user space may set, and that say how far the connection is.</summary>
    private const ConntrackStatus Kept =
        ConntrackStatus.SeenReply | ConntrackStatus.Assured | ConntrackStatus.Confirmed | ConntrackStatus.FixedTimeout;

    private readonly ConntrackTuple _original;
    private readonly ConntrackTuple _reply;

    /// <param name="entry">The connection as it was just read; what is no longer true of it is found out when it is rehomed.</param>
    public Rehoming(in ConntrackEntry entry)
    {
        _original = entry.Original;
        _reply = entry.Reply;
        Id = entry.Id;
        Status = entry.Status & Kept;
        Mark = entry.Mark;
        Labels = entry.Labels;
        Timeout = entry.Timeout;
        Obstacle = RehomingObstacles.Of(in entry);
        Outcome = Obstacle == RehomingObstacle.None ? RehomingOutcome.Pending : RehomingOutcome.LeftAlone;
    }

    /// <summary>The direction of the first packet.</summary>
    public ref readonly ConntrackTuple Original => ref _original;

    /// <summary>The answers, as they come in.</summary>
    public ref readonly ConntrackTuple Reply => ref _reply;

    /// <summary>CTA_ID of the entry that was read. The new one has another, but where the kernel gave it the same place in memory.</summary>
    public uint Id { get; }

    /// <summary>What came of it.</summary>
    public RehomingOutcome Outcome { get; private set; }

    /// <summary>Why it was left alone.</summary>
    public RehomingObstacle Obstacle { get; private set; }

    /// <summary>With what the kernel refused, a value of <see cref="Netlink.Errno"/>; 0 unless <see cref="RehomingOutcome.Refused"/>.</summary>
    public int Errno { get; private set; }

    /// <summary>Whether it waits for nothing but room in the conntrack table, which <see cref="ConntrackRehomer.Rehome"/> looks for again.</summary>
    internal bool HasNoRoom => Outcome == RehomingOutcome.LeftAlone && Obstacle == RehomingObstacle.TableFull;

    /// <summary>How often it was deleted and made anew: more than once when a packet made an entry in between.</summary>
    public int Attempts { get; internal set; }

    internal ConntrackStatus Status { get; }

    internal uint Mark { get; }

    internal UInt128 Labels { get; }

    internal uint? Timeout { get; }

    internal void Succeed() => (Outcome, Obstacle, Errno) = (RehomingOutcome.Rehomed, RehomingObstacle.None, 0);

    internal void Miss() => Outcome = RehomingOutcome.Gone;

    internal void Refuse(int errno) => (Outcome, Errno) = (RehomingOutcome.Refused, errno);

    internal void LeaveAlone(RehomingObstacle obstacle) => (Outcome, Obstacle) = (RehomingOutcome.LeftAlone, obstacle);
}
