namespace Flowtabled.Engine.Config;

/// <summary>A <c>config device</c> section: what is special about one device.</summary>
/// <param name="Name">The device.</param>
/// <param name="Exclude">Whether to keep it out of every flowtable.</param>
/// <param name="Level">Which device of its stack to take.</param>
public sealed record DeviceRule(string Name, bool Exclude, DeviceLevel Level);
