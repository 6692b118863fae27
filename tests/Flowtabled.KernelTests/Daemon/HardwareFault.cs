namespace Flowtabled.KernelTests.Daemon;

/// <summary>A way for the chip to fail, and what the daemon should say of it.</summary>
/// <param name="Begin">Makes it fail.</param>
/// <param name="Findings">Parts of the findings: code, place, message.</param>
internal sealed record HardwareFault(Action Begin, params string[] Findings)
{
    /// <summary>What fails besides, once there are connections in the chip.</summary>
    public Action? Later { get; init; }

    /// <summary>Whether packets are lost in the chip until the daemon notices.</summary>
    public bool LosesPackets { get; init; }

    /// <summary>Whether it must be done again and again.</summary>
    public bool Repeats { get; init; }
}
