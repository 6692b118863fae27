using System.Collections.Immutable;

namespace Flowtabled.Engine.Policy;

/// <summary>What was decided for a device, or for a network that has none, and why.</summary>
public sealed record DeviceDecision
{
    /// <summary>The device; <see langword="null"/> for a network without one.</summary>
    public required string? Device { get; init; }

    /// <summary>What was decided.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Why, for programs.</summary>
    public required ReasonCode Code { get; init; }

    /// <summary>Why, for people: words that can follow a colon.</summary>
    public required string Reason { get; init; }

    /// <summary>The networks that it is the l3 device of, sorted.</summary>
    public ImmutableArray<string> Networks { get; init; } = [];

    /// <summary>The zones that it is in, by network or by name, sorted.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>The devices that are in the flowtable for it, when it was <see cref="Outcome.Moved"/>.</summary>
    public ImmutableArray<string> HookedAt { get; init; } = [];

    /// <summary>Whether its connections may go into hardware; <see langword="null"/> where that is not wanted or it is in no flowtable.</summary>
    public HardwareDecision? Hardware { get; init; }

    /// <summary>Who excludes it, when it is excluded: another program's name, or the section of the device that says so.</summary>
    public string? ExcludedBy { get; init; }

    /// <summary>Whether the device is up; <see langword="null"/> when there is none.</summary>
    public bool? IsUp { get; init; }

    /// <summary>Whether only the configuration says that its networks have this device: nobody who knows could be asked.</summary>
    public bool IsGuessed { get; init; }
}
