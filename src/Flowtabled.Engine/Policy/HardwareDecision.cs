using System.Collections.Immutable;

namespace Flowtabled.Engine.Policy;

/// <summary>Whether the connections of an l3 device may go into hardware, and why.</summary>
/// <param name="IsIn">Whether they may.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Reason">Why, for people: words that can follow a colon.</param>
/// <param name="Ports">The ports that its packets come in by, which are in the hardware flowtable when it is in.</param>
public sealed record HardwareDecision(bool IsIn, HardwareCode Code, string Reason, ImmutableArray<string> Ports);

/// <summary>Why a device is in hardware or not. The names are stable: JSON has them in lower case with underscores.</summary>
public enum HardwareCode
{
    /// <summary>In: the kernel bound every port.</summary>
    Bound,

    /// <summary>In, with an unknown outcome: this kernel does not tell what a driver refuses, or was not asked.</summary>
    Unknown,

    /// <summary>Out: the kernel refused a port.</summary>
    Refused,

    /// <summary>Out for now: something is in the way of a port, and the kernel is asked again.</summary>
    Waiting,

    /// <summary>Out: a queueing discipline must see every packet.</summary>
    Shaped,

    /// <summary>Out: a tunnel or another device that no chip knows.</summary>
    NoPort,

    /// <summary>Out: more VLAN and PPPoE headers than an entry can have.</summary>
    TooDeep,

    /// <summary>Out: <c>option level 'self'</c> wants every packet to be seen at the device.</summary>
    Level,

    /// <summary>Out: <c>option hw 'off'</c>, for it or a device below it.</summary>
    Off,

    /// <summary>Out, as every other: hardware is not to be used, although it could be.</summary>
    Distrusted,

    /// <summary>Out: no other device could be the other end of a connection in hardware.</summary>
    Alone,
}
