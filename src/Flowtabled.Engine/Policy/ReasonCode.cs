namespace Flowtabled.Engine.Policy;

/// <summary>Why a device is in, moved, out or waiting. The names are stable: JSON has them in lower case with underscores.</summary>
public enum ReasonCode
{
    /// <summary>In: a port, where packets come in.</summary>
    Port,

    /// <summary>In: a tunnel, bond or other device at which the kernel's path ends.</summary>
    EndOfPath,

    /// <summary>
    /// In: a bridge. An entry that is resolved to one of its ports is never checked again and goes stale when a station moves.
    /// </summary>
    Bridge,

    /// <summary>In: a device on top of a bridge, for the same reason.</summary>
    AboveBridge,

    /// <summary>In: a queueing discipline on it or between it and its port must see every packet.</summary>
    Shaped,

    /// <summary>In: more VLAN and PPPoE headers than a flowtable can take off.</summary>
    TooDeep,

    /// <summary>In: the stack below it could not be read.</summary>
    PathUnknown,

    /// <summary>In: its port also carries a device that must be hooked itself, so the port cannot be in the flowtable.</summary>
    SharedPort,

    /// <summary>In, or moved: <c>option level</c> says so.</summary>
    Level,

    /// <summary>In: no l3 device itself, but where packets of one come in.</summary>
    Carries,

    /// <summary>Moved: the packets come in at the port below.</summary>
    Lower,

    /// <summary>Out: between an l3 device and where its packets are taken, where a hook would see none that it could match.</summary>
    Passed,

    /// <summary>Out: <c>option exclude</c>, for it or for a device below it.</summary>
    Excluded,

    /// <summary>Out: the loopback device forwards nothing.</summary>
    Loopback,

    /// <summary>Out: with it in the flowtable, packets of a device above it would pass by where they must be seen.</summary>
    WouldBypass,

    /// <summary>Out: its zone has <c>enabled 0</c>.</summary>
    ZoneDisabled,

    /// <summary>Out: a zone's <c>*</c>, which names no device.</summary>
    Pattern,

    /// <summary>Out: no name that a device can have.</summary>
    IllegalName,

    /// <summary>Out: <c>option flow_offloading</c> of the firewall is off.</summary>
    ToggleOff,

    /// <summary>Out: <c>option enabled</c> of flowtabled is off.</summary>
    Disabled,

    /// <summary>Out: the firewall is installed, but stopped.</summary>
    FirewallStopped,

    /// <summary>Waiting: there is no such device yet.</summary>
    Missing,

    /// <summary>Waiting: the network has no device yet.</summary>
    NoDevice,
}
