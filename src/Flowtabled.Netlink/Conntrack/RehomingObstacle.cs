using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Why a connection is not rehomed.</summary>
public enum RehomingObstacle : byte
{
    /// <summary>None: it can be.</summary>
    None,

    /// <summary>Neither TCP nor UDP: the kernel would not take over what it knows of it.</summary>
    Protocol,

    /// <summary>Not both ends have spoken, or one has begun to end it: on the slow path anyway, and soon gone.</summary>
    NotEstablished,

    /// <summary>A helper reads along; what it knows would be lost.</summary>
    Helper,

    /// <summary>Another connection announced it, and ends it.</summary>
    Expected,

    /// <summary>Its TCP sequence numbers are shifted; by how much would be lost.</summary>
    SequenceAdjustment,

    /// <summary>The kernel answered its SYN, and shifts its sequence numbers.</summary>
    Synproxy,

    /// <summary>A security module labelled it; user space cannot.</summary>
    SecurityContext,

    /// <summary>
    /// The conntrack table has no room for its new entry: the old one counts until its flowtable lets go of it, up to a second. Try again later.
    /// </summary>
    TableFull,
}

internal static class RehomingObstacles
{
    /// <summary>What keeps a connection that was read from being made anew as it is.</summary>
    public static RehomingObstacle Of(in ConntrackEntry entry)
    {
        const ConntrackStatus alive = ConntrackStatus.SeenReply | ConntrackStatus.Confirmed;
        const ConntrackStatus passing = ConntrackStatus.Dying | ConntrackStatus.Template | ConntrackStatus.Untracked;

        if (entry.Original.Protocol is not (Inet.IPPROTO_TCP or Inet.IPPROTO_UDP))
            return RehomingObstacle.Protocol;
        if ((entry.Bonds & ConntrackBond.Helper) != 0 || (entry.Status & ConntrackStatus.Helper) != 0)
            return RehomingObstacle.Helper;
        if ((entry.Bonds & ConntrackBond.Master) != 0 || (entry.Status & ConntrackStatus.Expected) != 0)
            return RehomingObstacle.Expected;
        if ((entry.Bonds & ConntrackBond.SequenceAdjustment) != 0 || (entry.Status & ConntrackStatus.SequenceAdjusted) != 0)
            return RehomingObstacle.SequenceAdjustment;
        if ((entry.Bonds & ConntrackBond.Synproxy) != 0)
            return RehomingObstacle.Synproxy;
        if ((entry.Bonds & ConntrackBond.SecurityContext) != 0)
            return RehomingObstacle.SecurityContext;
        if ((entry.Status & (alive | passing)) != alive || entry.TcpState is not (null or ConntrackTcpState.Established))
            return RehomingObstacle.NotEstablished;
        return RehomingObstacle.None;
    }
}
