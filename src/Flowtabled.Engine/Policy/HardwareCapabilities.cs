namespace Flowtabled.Engine.Policy;

/// <summary>What the kernel answered when it was asked, port by port, to bind the port to hardware.</summary>
/// <param name="Unknown">
/// Why nothing is known of any port, for people; <see langword="null"/> when answers are to be believed.
/// </param>
/// <param name="Refusals">Why it refused for good, for people, by port.</param>
public sealed record HardwareCapabilities(string? Unknown, IReadOnlyDictionary<string, string> Refusals)
{
    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>Why it refused for now, for people, by port. What is neither here nor among the refusals is taken.</summary>
    public IReadOnlyDictionary<string, string> Obstacles { get; init; } = s_none;

    /// <summary>Why hardware is not to be used at all although it could be, for people; <see langword="null"/> when it is trusted.</summary>
    public string? Distrust { get; init; }

    /// <summary>For when nobody has to be asked.</summary>
    public static HardwareCapabilities NotAsked { get; } = new(null, s_none);

    /// <summary>For a kernel that accepts every device and keeps to itself that a driver cannot, as OpenWrt's does.</summary>
    public static HardwareCapabilities Hidden { get; } = new("this kernel hides refusals", s_none);

    /// <summary>For <c>option mode 'observe'</c>: being asked, a driver really binds the port for a moment.</summary>
    public static HardwareCapabilities Observing { get; } = new("not probed in mode 'observe'", s_none);
}
