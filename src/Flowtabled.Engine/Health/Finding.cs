namespace Flowtabled.Engine.Health;

/// <summary>Something that the user should know: found in the configuration, the devices or the kernel, by whoever saw it.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">What it is, for programs: stable, lower case with underscores (<c>table_owned</c>).</param>
/// <param name="Message">What it is and what to do, for people: one sentence or two, no line breaks.</param>
/// <param name="Place">Where: a device, a network, a table; <see langword="null"/> when it is everywhere.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string Message, string? Place = null);
