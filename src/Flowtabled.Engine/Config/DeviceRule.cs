namespace Flowtabled.Engine.Config;

/// <summary>A <c>config device</c> section: what is special about one device.</summary>
/// <param name="Name">The device.</param>
/// <param name="Exclude">Whether to keep it out of every flowtable.</param>
/// <param name="Level">Which device of its stack to take.</param>
/// <param name="Hw">Whether its connections may go into hardware.</param>
public sealed record DeviceRule(string Name, bool Exclude, DeviceLevel Level, DeviceHardware Hw = DeviceHardware.Auto)
{
    /// <summary>The name under which another program excluded it; <see langword="null"/> when the configuration says what is to be.</summary>
    public string? ExcludedBy { get; init; }
}

/// <summary>Whether a device's connections may go into hardware.</summary>
public enum DeviceHardware
{
    /// <summary>Where the chip can.</summary>
    Auto,

    /// <summary>No.</summary>
    Off,
}
