namespace Flowtabled.Engine.Flows;

/// <summary>Why a connection is on the slow path.</summary>
public enum SlowReason : byte
{
    /// <summary>Nothing that was looked at keeps it there: IPsec, IP options, another rule, or its next packet takes it into the flowtable.</summary>
    Unknown,

    /// <summary>Neither TCP nor UDP: never offloaded.</summary>
    Protocol,

    /// <summary>Not both ends have spoken, or TCP is opening or closing.</summary>
    NotEstablished,

    /// <summary>A helper reads along.</summary>
    Helper,

    /// <summary>Its TCP sequence numbers are shifted.</summary>
    SequenceAdjustment,

    /// <summary>It ends at the router: such packets are not forwarded.</summary>
    Local,

    /// <summary>There is no flowtable of ours.</summary>
    NoTable,

    /// <summary>A kick holds it there for a while.</summary>
    Held,

    /// <summary>The device at one of its ends, the host or the port is excluded.</summary>
    Excluded,

    /// <summary>The device at one of its ends is in no flowtable.</summary>
    Device,
}
