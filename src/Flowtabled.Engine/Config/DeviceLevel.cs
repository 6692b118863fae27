namespace Flowtabled.Engine.Config;

/// <summary>The device of a stack that goes into the flowtable.</summary>
public enum DeviceLevel
{
    /// <summary>What the level rule says.</summary>
    Auto,

    /// <summary>The device itself, as its packets' l3 device.</summary>
    Self,

    /// <summary>The lowest devices below it.</summary>
    Port,
}
