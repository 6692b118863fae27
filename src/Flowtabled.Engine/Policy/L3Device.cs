using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Policy;

/// <summary>A device that the firewall knows: the l3 device of networks of a zone, or named by a zone.</summary>
internal sealed class L3Device(string name, Device? device)
{
    public string Name { get; } = name;

    /// <summary>The device as it is now; <see langword="null"/> when it is not there.</summary>
    public Device? Device { get; } = device;

    public HashSet<string> Networks { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Zones { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether nobody who knows said that it belongs to its networks.</summary>
    public bool IsGuessed { get; set; } = true;

    public DeviceDecision Decide(Outcome outcome, ReasonCode code, string reason) => new()
    {
        Device = Name,
        Outcome = outcome,
        Code = code,
        Reason = reason,
        Networks = [.. Networks.Sorted()],
        Zones = [.. Zones.Sorted()],
        IsUp = Device?.IsUp,
        IsGuessed = IsGuessed,
    };
}
