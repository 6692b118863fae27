namespace Flowtabled.Netlink.Route;

/// <summary>Flags of a link (IFF_*, linux/if.h). Bits that have no name here are kept.</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>IFF_UP: switched on by the administrator.</summary>
    Up = 1 << 0,

    /// <summary>IFF_LOOPBACK.</summary>
    Loopback = 1 << 3,

    /// <summary>IFF_POINTOPOINT: ppp, tunnels.</summary>
    PointToPoint = 1 << 4,

    /// <summary>IFF_RUNNING: operational (RFC 2863's up, or unknown).</summary>
    Running = 1 << 6,

    /// <summary>IFF_NOARP.</summary>
    NoArp = 1 << 7,

    /// <summary>IFF_PROMISC.</summary>
    Promiscuous = 1 << 8,

    /// <summary>IFF_LOWER_UP: the driver has a carrier.</summary>
    LowerUp = 1 << 16,

    /// <summary>IFF_DORMANT: waits for something, 802.1X for one.</summary>
    Dormant = 1 << 17,
}
