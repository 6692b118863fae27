namespace Flowtabled.Engine.Policy;

/// <summary>What the kernel answered when it was asked, port by port, to bind the port to hardware.</summary>
/// <param name="HidesRefusals">
/// Whether this kernel accepts every device and keeps a driver's refusal to itself, as OpenWrt's does: its answers then prove nothing.
/// </param>
/// <param name="Refusals">Why it refused, for people, by port. A port that is not among them is taken.</param>
public sealed record HardwareCapabilities(bool HidesRefusals, IReadOnlyDictionary<string, string> Refusals)
{
    /// <summary>Why hardware is not to be used at all although it could be, for people; <see langword="null"/> when it is trusted.</summary>
    public string? Distrust { get; init; }

    /// <summary>For when nobody has to be asked.</summary>
    public static HardwareCapabilities NotAsked { get; } = new(false, new Dictionary<string, string>());
}
