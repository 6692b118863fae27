using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>A zone that fw4 made.</summary>
/// <param name="Name">The zone's name.</param>
/// <param name="Networks">Those of its section but for the negated ones, and those that a protocol handler put into it.</param>
/// <param name="Devices">The devices that it matches: its networks' l3 devices and its own; a final <c>*</c> stands for any rest.</param>
public sealed record Fw4Zone(string Name, ImmutableArray<string> Networks, ImmutableArray<string> Devices);
