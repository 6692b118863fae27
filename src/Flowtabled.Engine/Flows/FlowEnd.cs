namespace Flowtabled.Engine.Flows;

/// <summary>Where the device that leads to an end of a connection stands.</summary>
public enum FlowEnd : byte
{
    /// <summary>No route leads there, or what was decided for the device is not known.</summary>
    Unknown,

    /// <summary>The router itself is that end.</summary>
    Router,

    /// <summary>The device is excluded by the configuration.</summary>
    Excluded,

    /// <summary>The device is in no flowtable.</summary>
    Outside,

    /// <summary>The device, or what carries it, is in the flowtable.</summary>
    Inside,
}
