namespace Flowtabled.Netlink.Route;

/// <summary>RFC 2863's ifOperStatus of a link (IF_OPER_*, linux/if.h).</summary>
public enum OperationalState : byte
{
    /// <summary>The driver does not say: loopback, tunnels, ppp.</summary>
    Unknown = 0,

    /// <summary>Parts are missing.</summary>
    NotPresent = 1,

    /// <summary>Down.</summary>
    Down = 2,

    /// <summary>Down because the device below is.</summary>
    LowerLayerDown = 3,

    /// <summary>In a test.</summary>
    Testing = 4,

    /// <summary>Up, but waits for something.</summary>
    Dormant = 5,

    /// <summary>Up.</summary>
    Up = 6,
}
