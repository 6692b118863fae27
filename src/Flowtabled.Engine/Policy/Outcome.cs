namespace Flowtabled.Engine.Policy;

/// <summary>What was decided for a device.</summary>
public enum Outcome
{
    /// <summary>It is in the flowtable.</summary>
    In,

    /// <summary>It is an l3 device whose packets are taken at another device, which is in the flowtable for it.</summary>
    Moved,

    /// <summary>It is kept out.</summary>
    Out,

    /// <summary>It would be in if it were there.</summary>
    Waiting,
}
